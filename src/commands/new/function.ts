import {Args, Flags} from '@oclif/core';
import {GearCommand} from '../../cli/gear-command.ts';
import {GearError} from '../../errors.ts';
import {triggers} from '../../scaffold/triggers.ts';

export default class NewFunction extends GearCommand {
  static override summary = 'Add a function to a service';
  static override description =
    `Adds a function with what it needs to a service, or to any CloudFormation template in YAML: one least-privilege role, a log group with retention, the trigger with its queues, alarms, a handler, a test and an event. Every byte of the template that was there stays.

Run twice it changes nothing. A name that is taken is refused, and so is a template that cannot be edited line by line, with the text to paste.

Triggers:
${triggers.map(({name, summary}) => `  ${name.padEnd(8)}  ${summary}`).join('\n')}

Exit codes: 0 added or there already, 2 could not do it, 130 interrupted.`;
  static override examples = [
    '<%= config.bin %> new function notify --trigger queue',
    '<%= config.bin %> new function notify --trigger stream --source OrderTable --dry-run',
  ];
  static override args = {name: Args.string({description: 'Name of the function, such as notify-buyer'})};
  static override flags = {
    trigger: Flags.string({
      helpValue: 'TRIGGER',
      description: `What invokes it: ${triggers.map(({name}) => name).join(', ')}`,
    }),
    source: Flags.string({
      helpValue: 'LOGICAL_ID',
      description:
        'Resource of the template to attach it to, instead of one of its own (http, queue, stream, topic, bucket)',
    }),
    language: Flags.string({
      helpValue: 'LANGUAGE',
      description: 'Language of the handler, typescript or python; by default that of the other functions',
    }),
    dir: Flags.string({description: 'Folder of the service, or its template', helpValue: 'PATH', default: '.'}),
    yes: Flags.boolean({char: 'y', description: 'Ask nothing'}),
    'dry-run': Flags.boolean({description: 'Print what would change, write nothing'}),
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(NewFunction);
    const asks = !flags.yes && !this.json && process.stdin.isTTY === true && process.stdout.isTTY === true;
    if (!asks) requireGiven(args.name, flags.trigger);
    const {requireFunctionName} = await import('../../scaffold/function-name.ts');
    if (args.name !== undefined) requireFunctionName(args.name);
    if (flags.trigger !== undefined) chooseTrigger(flags.trigger);
    const {chooseFunctionLanguage} = await import('../../scaffold/function-language.ts');
    const language = flags.language === undefined ? undefined : chooseFunctionLanguage(flags.language);
    const name = args.name ?? (await askName());
    const trigger = chooseTrigger(flags.trigger ?? (await askTrigger()));
    const {readProject} = await import('../../project/read-project.ts');
    const project = readProject(flags.dir);
    const {addFunction} = await import('../../scaffold/add-function.ts');
    const change = await addFunction(project, {name, trigger, language, source: flags.source});
    const document = {function: name, trigger: trigger.name, dryRun: flags['dry-run'], ...change};
    const {addedFunction, plannedChange} = await import('../../report/function-change.ts');
    const text = () => addedFunction(change, {name, trigger: trigger.name, folder: flags.dir});
    if (flags['dry-run'] && change.files.length > 0) return this.result(document, () => plannedChange(change));
    if (change.files.length > 0) {
      const {writeChange} = await import('../../scaffold/service-change.ts');
      const {interruptible} = await import('../../cli/interrupt.ts');
      await interruptible(signal => writeChange(project.folder, change, signal));
    }
    this.result(document, text);
  }
}

function chooseTrigger(name: string) {
  const trigger = triggers.find(candidate => candidate.name === name);
  if (trigger !== undefined) return trigger;
  const names = triggers.map(candidate => candidate.name).join(', ');
  throw new GearError(`There is no trigger ${name}; there is ${names}`, {
    code: 'TRIGGER_UNKNOWN',
    suggestions: ['--trigger queue'],
  });
}

function requireGiven(name: string | undefined, trigger: string | undefined): void {
  const missing = [...(name === undefined ? ['NAME'] : []), ...(trigger === undefined ? ['--trigger'] : [])];
  if (missing.length === 0) return;
  throw new GearError(`Not given: ${missing.join(', ')}. They are asked for only on a terminal`, {
    code: 'USAGE',
    suggestions: [`gear new function ${name ?? 'notify'} --trigger ${trigger ?? 'queue'}`],
  });
}

async function askName(): Promise<string> {
  const {input} = await import('@inquirer/prompts');
  const {functionNameRule, isFunctionName, suggestFunctionName} = await import('../../scaffold/function-name.ts');
  return input({
    message: 'Name of the function',
    validate: name => isFunctionName(name) || `${functionNameRule}; ${suggestFunctionName(name)} would do`,
  });
}

async function askTrigger(): Promise<string> {
  const {select} = await import('@inquirer/prompts');
  return select({
    message: 'Trigger',
    choices: triggers.map(({name, summary}) => ({value: name, name, description: summary})),
  });
}
