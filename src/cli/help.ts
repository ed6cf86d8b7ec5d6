import {CommandHelp, Help} from '@oclif/core';

class GearCommandHelp extends CommandHelp {
  /** The summary stands on the first line of the page already. */
  protected override description(): string | undefined {
    const {description} = this.command;
    return description === undefined ? undefined : this.wrap(description);
  }
}

/** oclif's help, with the way in on the first page. */
export default class GearHelp extends Help {
  protected override CommandHelpClass = GearCommandHelp;

  /** One list: a group that is a command as well (`audit`) stands in it once. */
  override async showRootHelp(): Promise<void> {
    const commands = this.sortedCommands.filter(({id}) => !id.includes(':') && id !== 'help');
    const groups = this.sortedTopics.filter(({name}) => !commands.some(({id}) => id === name));
    const lines = [
      ...commands.map(command => [command.id, this.summary(command) ?? '']),
      ...groups.map(({name, description = ''}) => [name, description]),
    ].sort(([a], [b]) => (a! < b! ? -1 : 1));
    const list = this.renderList(lines as [string, string][], {indentation: 2, spacer: '\n'});
    const steps = firstSteps.map(step => `$ ${this.config.bin} ${step}`).join('\n');
    this.log(
      [
        this.wrap(this.config.pjson.description ?? ''),
        this.section('USAGE', `$ ${this.config.bin} COMMAND`),
        this.section('COMMANDS', list),
        this.section('FIRST STEPS', steps),
        this.wrap(
          `${this.config.bin} COMMAND --help shows examples, flags and exit codes. This is ${this.config.userAgent}.`,
        ),
      ].join('\n\n'),
    );
  }
}

const firstSteps = [
  'new service orders --template ingestion --language typescript',
  'audit orders',
  'deploy orders --local',
  'local usage',
];
