import {Args} from '@oclif/core';
import {projectFolder} from '../../cli/flags.ts';
import {GearCommand} from '../../cli/gear-command.ts';

export default class LocalRows extends GearCommand {
  static override summary = 'Show the rows of a table of the embedded AWS';

  static override description = 'Exit codes: 0 shown, 2 there is no such table or gear local does not run.';

  static override examples = [
    '<%= config.bin %> <%= command.id %> orders-ObjectTable-1A2B3C4D5E6F',
    '<%= config.bin %> <%= command.id %> orders-ObjectTable-1A2B3C4D5E6F --json',
  ];

  static override args = {
    table: Args.string({description: 'Name of the table, as in the outputs of the stack', required: true}),
  };

  static override flags = {
    dir: projectFolder,
  };

  override async run(): Promise<void> {
    const {args, flags} = await this.parse(LocalRows);
    const {requireLocalCloud} = await import('../../local/connection.ts');
    const {localClients} = await import('../../cli/connect.ts');
    const clients = await localClients(await requireLocalCloud(flags.dir));
    const {readItems} = await import('../../aws/read-items.ts');
    const items = await readItems(clients, args.table);
    const {rowsText} = await import('../../report/local-data.ts');
    const {paintFor} = await import('../../terminal/paint.ts');
    this.result({table: args.table, items}, () => rowsText(items, paintFor('stdout')));
  }
}
