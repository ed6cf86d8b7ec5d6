import {Args, Flags, loadHelpClass} from '@oclif/core';
import {GearCommand} from '../cli/gear-command.ts';

export default class Help extends GearCommand {
  static override summary = 'Show what a command does';

  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> local start'];

  static override strict = false;

  static override args = {
    command: Args.string({description: 'The words of the command; all commands unless given'}),
  };

  static override flags = {
    'nested-commands': Flags.boolean({char: 'n', description: 'Include the commands of the topics'}),
  };

  override async run(): Promise<void> {
    const {argv, flags} = await this.parse(Help);
    const CommandHelp = await loadHelpClass(this.config);
    await new CommandHelp(this.config, {
      ...this.config.pjson.oclif.helpOptions,
      all: flags['nested-commands'],
    }).showHelp(argv.map(String));
  }
}
