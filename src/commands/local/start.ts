import {Flags} from '@oclif/core';
import {projectFolder} from '../../cli/flags.ts';
import {GearCommand} from '../../cli/gear-command.ts';
import {noteOtherVersion} from '../../cli/other-version.ts';

export default class LocalStart extends GearCommand {
  static override summary = 'Start the embedded AWS of this project';

  static override description =
    `Runs on 127.0.0.1 only, as a process of its own, until gear local stop or until nobody has used it for some hours. Its state lies in .gear/local of the project (the nearest folder with a gear.yaml) and outlives it. Account 000000000000, keys of its own: gear local env prints them.

Exit codes: 0 it runs (also when it ran already), 2 it could not be started.`;

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --port 4570 --region eu-west-1',
    {
      description: 'Let things come twice, late and out of order, the same way for the same seed',
      command: '<%= config.bin %> <%= command.id %> --chaos 7',
    },
    {description: 'Stay in this terminal until ^C', command: '<%= config.bin %> <%= command.id %> --foreground'},
  ];

  static override flags = {
    port: Flags.integer({
      description: 'Port on 127.0.0.1; the one of the last time or 4566, or a free one, unless said',
      helpValue: 'PORT',
      min: 0,
      max: 65_535,
    }),
    region: Flags.string({description: 'Its one region; us-east-1 unless said', helpValue: 'REGION'}),
    idle: Flags.integer({
      description: 'Seconds without a request after which it ends',
      default: 4 * 3600,
      min: 1,
      helpValue: 'SECONDS',
    }),
    chaos: Flags.string({
      description: 'Seed of a disorder like that of AWS: duplicates, delays, throttles, killed handlers; off ends it',
      helpValue: 'SEED',
    }),
    foreground: Flags.boolean({description: 'Stay in the foreground until ^C'}),
    dir: projectFolder,
  };

  override async run(): Promise<void> {
    const {flags} = await this.parse(LocalStart);
    const {port, region, chaos, idle, dir} = flags;
    if (region !== undefined) (await import('../../aws/region.ts')).requireRegion(region);
    const options = {
      idle,
      ...(port === undefined ? {} : {port}),
      ...(region === undefined ? {} : {region}),
      ...(chaos === undefined ? {} : {chaos}),
    };
    if (flags.foreground) return this.#stay(dir, options);
    const {ensureLocalCloud} = await import('../../local/connection.ts');
    const {cloud, started} = await ensureLocalCloud(dir, options);
    if (!started) {
      this.#warnOfDifference(cloud, flags);
      await noteOtherVersion(cloud, text => this.note(text));
    }
    const {startedText} = await import('../../report/local.ts');
    const {token: _, ...connection} = cloud;
    this.result({...connection, started}, () => startedText(cloud, started));
  }

  async #stay(dir: string, options: {port?: number; region?: string; chaos?: string; idle: number}): Promise<void> {
    const {runDaemon} = await import('../../local/daemon.ts');
    const {localFolder} = await import('../../local/local-folder.ts');
    const {startedText} = await import('../../report/local.ts');
    await runDaemon({
      ...options,
      folder: localFolder(dir),
      log: line => this.note(line),
      onReady: ({connection: {token: _, ...connection}}) =>
        this.result({...connection, started: true}, () => startedText(connection, true)),
    });
  }

  #warnOfDifference(
    cloud: {port: number; region: string},
    {port, region, chaos}: {port?: number | undefined; region?: string | undefined; chaos?: string | undefined},
  ): void {
    if (chaos !== undefined) this.note('It already runs as it was started; stop it first to change its chaos');
    if (port !== undefined && port !== 0 && port !== cloud.port)
      this.note(`It already runs on port ${cloud.port}; stop it first to give it another one`);
    if (region !== undefined && region !== cloud.region)
      this.note(`It is of region ${cloud.region}; gear local reset makes room for one of ${region}`);
  }
}
