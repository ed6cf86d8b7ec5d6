import {projectFolder} from '../../cli/flags.ts';
import {GearCommand} from '../../cli/gear-command.ts';

export default class LocalStop extends GearCommand {
  static override summary = 'Stop the embedded AWS of this project';

  static override description =
    `What is deployed and stored stays and is there again after gear local start; gear local reset deletes it.

Exit codes: 0 stopped, or nothing was running.`;

  static override examples = ['<%= config.bin %> <%= command.id %>'];

  static override flags = {
    dir: projectFolder,
  };

  override async run(): Promise<void> {
    const {flags} = await this.parse(LocalStop);
    const {stopLocalCloud} = await import('../../local/connection.ts');
    const stopped = await stopLocalCloud(flags.dir);
    this.result({stopped: stopped !== undefined, pid: stopped?.pid ?? null}, () =>
      stopped === undefined ? 'gear local was not running' : `gear local at ${stopped.endpoint} has stopped`,
    );
  }
}
