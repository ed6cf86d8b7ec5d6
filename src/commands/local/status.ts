import {projectFolder} from '../../cli/flags.ts';
import {GearCommand} from '../../cli/gear-command.ts';

export default class LocalStatus extends GearCommand {
  static override summary = 'Show the embedded AWS and what is deployed on it';

  static override description = 'Exit codes: 0 it runs, 2 it does not.';

  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json'];

  static override flags = {
    dir: projectFolder,
  };

  override async run(): Promise<void> {
    const {flags} = await this.parse(LocalStatus);
    const {requireLocalCloud} = await import('../../local/connection.ts');
    const {askHealth} = await import('../../local/control-client.ts');
    const cloud = await requireLocalCloud(flags.dir);
    const health = await askHealth(cloud);
    if (health === undefined) throw new Error('gear local answered, and then did not');
    const {statusText} = await import('../../report/local.ts');
    this.result(health, () => statusText(health, Date.now()));
  }
}
