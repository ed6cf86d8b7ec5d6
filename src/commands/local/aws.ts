import {projectFolder} from '../../cli/flags.ts';
import {GearCommand} from '../../cli/gear-command.ts';
import {exitCodes, GearError} from '../../errors.ts';

export default class LocalAws extends GearCommand {
  static override summary = 'Run the aws CLI on the embedded AWS';

  static override description =
    `Everything after -- goes to the aws CLI on this machine, with the endpoint and the keys of the embedded AWS; AWS_* of your shell and your profiles are left out. The exit code is that of the aws CLI, or 2 when gear local does not run or there is no aws CLI.`;

  static override examples = [
    '<%= config.bin %> <%= command.id %> -- s3 ls',
    '<%= config.bin %> <%= command.id %> -- sqs list-queues',
  ];

  static override usage = '<%= command.id %> [--dir FOLDER] -- ARGUMENT...';

  static override strict = false;

  static override flags = {
    dir: projectFolder,
  };

  override async run(): Promise<void> {
    const {flags, argv} = await this.parse(LocalAws);
    const {requireLocalCloud} = await import('../../local/connection.ts');
    const {clientEnvironment} = await import('../../local/client-environment.ts');
    const {execa} = await import('execa');
    const cloud = await requireLocalCloud(flags.dir);
    const own = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
    // Version 1 of the CLI does not look at AWS_ENDPOINT_URL for sqs, and would call AWS itself.
    const result = await execa('aws', ['--endpoint-url', cloud.endpoint, ...(argv as string[])], {
      env: {
        ...Object.fromEntries(own),
        ...clientEnvironment(cloud),
        AWS_CONFIG_FILE: '/dev/null',
        AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      },
      extendEnv: false,
      stdio: 'inherit',
      reject: false,
    });
    if (result.code === 'ENOENT')
      throw new GearError('There is no aws CLI on this machine', {
        code: 'NO_AWS_CLI',
        suggestions: ['https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html'],
      });
    process.exitCode = result.exitCode ?? exitCodes.interrupted;
  }
}
