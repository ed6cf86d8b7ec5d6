import {Args, Flags} from '@oclif/core';
import {projectFolder} from '../../cli/flags.ts';
import {GearCommand} from '../../cli/gear-command.ts';

export default class LocalLogs extends GearCommand {
  static override summary = 'Show what functions have logged';

  static override description =
    `Reads CloudWatch Logs of the embedded AWS. NAME is a function, its logical ID in the template, or a log group; without it the lines of all groups come, in order of time. With --json each line is a JSON document of its own.

Exit codes: 0, 2 gear local does not run or there is no such log group.`;

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> IngestFunction --follow',
    `<%= config.bin %> <%= command.id %> --since 1h --filter '{ $.level = "ERROR" }'`,
  ];

  static override args = {
    name: Args.string({description: 'Function, logical ID or log group; all groups unless said'}),
  };

  static override flags = {
    follow: Flags.boolean({char: 'f', description: 'Go on with what comes, until ^C'}),
    since: Flags.string({description: 'How far back: 30s, 10m, 2h, 1d', default: '10m', helpValue: 'SPAN'}),
    filter: Flags.string({description: 'Filter pattern of CloudWatch Logs, such as ERROR', helpValue: 'PATTERN'}),
    dir: projectFolder,
  };

  override async run(): Promise<void> {
    const {args, flags} = await this.parse(LocalLogs);
    const {follow, since, filter: pattern} = flags;
    const {requireLocalCloud} = await import('../../local/connection.ts');
    const {localClients} = await import('../../cli/connect.ts');
    const {logGroupOf} = await import('../../local/log-group-of.ts');
    const {showLogs} = await import('../../cli/show-logs.ts');
    const cloud = await requireLocalCloud(flags.dir);
    const clients = await localClients(cloud);
    const {name} = args;
    const group =
      name === undefined
        ? undefined
        : await logGroupOf(name, cloud, {logs: await clients.logs(), lambda: await clients.lambda()});
    await showLogs(clients, {group, since, pattern, follow, json: this.json, pollMilliseconds: 400});
  }
}
