import {Args, Flags} from '@oclif/core';
import {projectFolder} from '../../cli/flags.ts';
import {GearCommand} from '../../cli/gear-command.ts';
import {interruptible} from '../../cli/interrupt.ts';
import {GearError} from '../../errors.ts';

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
    const since = Date.now() - spanOf(flags.since);
    const {requireLocalCloud} = await import('../../local/connection.ts');
    const {awsClients} = await import('../../aws/clients.ts');
    const {describeAwsError} = await import('../../aws/describe-aws-error.ts');
    const {logGroupOf} = await import('../../local/log-group-of.ts');
    const {readLogs} = await import('../../local/read-logs.ts');
    const {logLineText} = await import('../../report/local.ts');
    const cloud = await requireLocalCloud(flags.dir);
    const {endpoint, region, accessKeyId, secretAccessKey} = cloud;
    const clients = awsClients({endpoint, region, credentials: {accessKeyId, secretAccessKey}});
    const logs = await clients.logs();
    const group =
      args.name === undefined ? undefined : await logGroupOf(args.name, cloud, {logs, lambda: await clients.lambda()});
    await interruptible(async signal => {
      const options = {logs, since, signal, follow: flags.follow};
      const chosen = {
        ...(group === undefined ? {} : {group}),
        ...(flags.filter === undefined ? {} : {pattern: flags.filter}),
      };
      try {
        for await (const line of readLogs({...options, ...chosen}))
          process.stdout.write(`${this.json ? JSON.stringify(line) : logLineText(line, group === undefined)}\n`);
      } catch (error) {
        throw describeAwsError(error, 'read the logs');
      }
    });
  }
}

function spanOf(text: string): number {
  const match = /^(\d+)([smhd])$/.exec(text);
  if (match === null)
    throw new GearError(`--since ${text} is not a span of time`, {
      code: 'USAGE',
      suggestions: ['--since 30s', '--since 10m'],
    });
  return Number(match[1]) * {s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000}[match[2] as 's' | 'm' | 'h' | 'd'];
}
