import {projectFolder} from '../../cli/flags.ts';
import {GearCommand} from '../../cli/gear-command.ts';

export default class LocalEnv extends GearCommand {
  static override summary = 'Print the environment for other AWS tools';

  static override description =
    `Lines for a POSIX shell that point every AWS SDK and tool at the embedded AWS. Version 1 of the aws CLI ignores the endpoint for sqs: use gear local aws.

Exit codes: 0 printed, 2 gear local does not run.`;

  static override examples = [
    'eval "$(<%= config.bin %> <%= command.id %>)"',
    '<%= config.bin %> <%= command.id %> --json',
  ];

  static override flags = {
    dir: projectFolder,
  };

  override async run(): Promise<void> {
    const {flags} = await this.parse(LocalEnv);
    const {requireLocalCloud} = await import('../../local/connection.ts');
    const {clientEnvironment} = await import('../../local/client-environment.ts');
    const variables = clientEnvironment(await requireLocalCloud(flags.dir));
    this.result(variables, () => {
      const exports = Object.entries(variables).map(([name, value]) => `export ${name}='${value}'`);
      return ['unset AWS_PROFILE AWS_SESSION_TOKEN', ...exports].join('\n');
    });
  }
}
