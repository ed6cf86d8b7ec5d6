import {Flags} from '@oclif/core';
import {projectFolder} from '../../cli/flags.ts';
import {GearCommand} from '../../cli/gear-command.ts';
import {exitCodes, GearError, shownPath} from '../../errors.ts';

export default class LocalReset extends GearCommand {
  static override summary = 'Stop the embedded AWS and delete its state';

  static override description =
    `Deletes .gear/local of the project: stacks, functions, objects, messages, rows, logs and the record of what was used. On a terminal it asks first; elsewhere it needs --yes.

Exit codes: 0 deleted, 4 not confirmed.`;

  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --yes'];

  static override flags = {
    yes: Flags.boolean({char: 'y', description: 'Do not ask'}),
    dir: projectFolder,
  };

  override async run(): Promise<void> {
    const {flags} = await this.parse(LocalReset);
    const {localFolder} = await import('../../local/local-folder.ts');
    const folder = localFolder(flags.dir);
    const shown = shownPath(folder);
    if (!flags.yes && !(await this.#confirmed(shown))) {
      this.note('Nothing was deleted');
      process.exitCode = exitCodes.approval;
      return;
    }
    const {resetLocalCloud} = await import('../../local/connection.ts');
    const deleted = await resetLocalCloud(flags.dir);
    this.result({folder, deleted}, () => (deleted ? `Deleted ${shown}` : `There was nothing in ${shown}`));
  }

  async #confirmed(folder: string): Promise<boolean> {
    if (!process.stdin.isTTY || !process.stdout.isTTY)
      throw new GearError(`gear local reset deletes everything in ${folder}; without a terminal it needs --yes`, {
        code: 'CONFIRMATION_NEEDED',
        suggestions: ['gear local reset --yes'],
        exit: exitCodes.approval,
      });
    const {input} = await import('@inquirer/prompts');
    const answer = await input({message: `This deletes everything in ${folder}. Type reset to go on:`});
    return answer.trim() === 'reset';
  }
}
