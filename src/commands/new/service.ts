import {Args, Flags} from '@oclif/core';
import {GearCommand} from '../../cli/gear-command.ts';
import {GearError} from '../../errors.ts';
import type {Service} from '../../scaffold/render-service.ts';
import {templates} from '../../scaffold/templates.ts';

export default class NewService extends GearCommand {
  static override summary = 'Write a new service: template, handlers, tests';
  static override description =
    `Writes a service of its own: a CloudFormation template with one least-privilege role per function, handlers, unit tests, events, a README and a CI workflow. What is not given is asked for on a terminal.

Files that are there already are left alone when they are the same; one that differs is named and nothing is written, unless --force says so.

Templates:
${templates.map(({name, summary, languages, queues}) => `  ${name.padEnd(16)}  ${summary} (${[...languages, ...queues].join(', ')})`).join('\n')}

Exit codes: 0 written or nothing to write, 2 could not do it, 130 interrupted.`;
  static override examples = [
    '<%= config.bin %> new service orders --template ingestion --language typescript',
    '<%= config.bin %> new service orders --template orchestration --language typescript --queue sqs',
    '<%= config.bin %> new service orders --template http-api --language python --tracing',
    '<%= config.bin %> new service orders --yes --dry-run',
  ];
  static override args = {name: Args.string({description: 'Name of the service, its folder and its stack'})};
  static override flags = {
    template: Flags.string({
      helpValue: 'TEMPLATE',
      description: `What to write: ${templates.map(({name}) => name).join(', ')}`,
    }),
    language: Flags.string({
      helpValue: 'LANGUAGE',
      description: `Language of the handlers: ${[...new Set(templates.flatMap(({languages}) => languages))].join(', ')}`,
    }),
    queue: Flags.string({
      helpValue: 'QUEUE',
      description: `What stands between the functions, where the template leaves the choice: ${[...new Set(templates.flatMap(({queues}) => queues))].join(', ')}`,
    }),
    tracing: Flags.boolean({description: 'Every function sends its traces to X-Ray', helpGroup: 'WITH'}),
    vpc: Flags.string({
      description: 'Every function is in a VPC, for this reason',
      helpValue: 'REASON',
      helpGroup: 'WITH',
    }),
    canary: Flags.boolean({description: 'A new version gets a tenth of the calls first', helpGroup: 'WITH'}),
    'permissions-boundary': Flags.string({
      description: 'The managed policy that bounds every role of the service',
      helpValue: 'ARN',
      helpGroup: 'WITH',
    }),
    'keep-warm': Flags.boolean({description: 'A schedule pings functions that callers wait for', helpGroup: 'WITH'}),
    dir: Flags.string({description: 'Folder to write to, instead of one named like the service', helpValue: 'FOLDER'}),
    yes: Flags.boolean({char: 'y', description: 'Ask nothing: take the first template, language and queue not given'}),
    'dry-run': Flags.boolean({description: 'Print the files and their contents, write nothing'}),
    force: Flags.boolean({description: 'Overwrite files that differ'}),
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(NewService);
    const {applyOptions, checkOptions, localDeployment} = await import('../../scaffold/options/apply-options.ts');
    const given = chosenOptions(flags);
    checkOptions(given);
    const service = await this.#service(args.name, flags);
    // Who names the template writes a command, and would have named options, too.
    const undecided = flags.template === undefined && Object.keys(given).length === 0 && this.#asks(flags);
    const options = undecided ? await (await import('../../cli/ask-options.ts')).askOptions() : given;
    const folder = flags.dir ?? service.name;
    const {renderService} = await import('../../scaffold/render-service.ts');
    const {files} = applyOptions({...service, files: await renderService(service)}, options);
    const document = {
      service: service.name,
      template: service.template,
      language: service.language,
      queue: service.queue,
      options,
      folder,
    };
    if (flags['dry-run']) {
      const {compareService} = await import('../../scaffold/compare-service.ts');
      const compared = await compareService(folder, files);
      const {fileTree, fileContents} = await import('../../report/new-service.ts');
      return this.result({...document, dryRun: true, files: compared}, () =>
        [
          fileTree(
            folder,
            compared.map(({path, status}) => (status === 'new' ? {path} : {path, note: status})),
          ),
          '',
          fileContents(files),
        ].join('\n'),
      );
    }
    const {writeService} = await import('../../scaffold/write-service.ts');
    const {interruptible} = await import('../../cli/interrupt.ts');
    // ^C while files are written ends in the state of before, not in half a service.
    const written = await interruptible(signal => writeService(folder, files, {force: flags.force, signal}));
    const {writtenService} = await import('../../report/new-service.ts');
    this.result({...document, files: written}, () =>
      writtenService({...document, files: written, deploy: localDeployment(options)}),
    );
  }

  #asks({yes}: Pick<Given, 'yes'>): boolean {
    return !yes && !this.json && process.stdin.isTTY === true && process.stdout.isTTY === true;
  }

  /** From what was given, what `--yes` takes for granted, and what the person answers. */
  async #service(name: string | undefined, given: Given): Promise<Service> {
    const {chooseLanguage, chooseQueue, chooseTemplate} = await import('../../scaffold/choose-template.ts');
    const {requireServiceName} = await import('../../scaffold/service-name.ts');
    if (name !== undefined) requireServiceName(name);
    if (given.template !== undefined) chooseTemplate(given.template);
    if (!this.#asks(given)) requireGiven(name, given);
    const asked = name ?? (await askName());
    const template = chooseTemplate(given.template ?? (given.yes ? templates[0]!.name : await askTemplate()));
    const language = chooseLanguage(
      template,
      given.language ?? (given.yes ? template.languages[0]! : await askLanguage(template.languages)),
    );
    const queue = chooseQueue(
      template,
      given.queue ?? (given.yes || template.queues.length < 2 ? template.queues[0] : await askQueue(template.queues)),
    );
    return {name: asked, template: template.name, language, queue};
  }
}

const optionFlags = ['tracing', 'vpc', 'canary', 'permissions-boundary', 'keep-warm'] as const;

/** By name; a switch has no value. */
function chosenOptions(
  flags: Readonly<Record<(typeof optionFlags)[number], string | boolean | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    optionFlags.flatMap(name => {
      const given = flags[name];
      return given === undefined || given === false ? [] : [[name, given === true ? '' : given]];
    }),
  );
}

interface Given {
  readonly template?: string | undefined;
  readonly language?: string | undefined;
  readonly queue?: string | undefined;
  readonly yes: boolean;
}

function requireGiven(name: string | undefined, {template, language, queue, yes}: Given): void {
  const queues = templates.find(candidate => candidate.name === template)?.queues ?? [];
  const missing = [
    ...(name === undefined ? ['NAME'] : []),
    ...(template === undefined && !yes ? ['--template'] : []),
    ...(language === undefined && !yes ? ['--language'] : []),
    ...(queue === undefined && queues.length > 1 && !yes ? ['--queue'] : []),
  ];
  if (missing.length === 0) return;
  const [first] = templates;
  throw new GearError(`Not given: ${missing.join(', ')}. They are asked for only on a terminal`, {
    code: 'USAGE',
    suggestions: [
      `gear new service ${name ?? 'orders'} --template ${template ?? first?.name} --language ${language ?? first?.languages[0]}${queues.length > 1 ? ` --queue ${queue ?? queues[0]}` : ''}`,
    ],
  });
}

async function askName(): Promise<string> {
  const {input} = await import('@inquirer/prompts');
  const {isServiceName, ruleFor, suggestServiceName} = await import('../../scaffold/service-name.ts');
  return input({
    message: 'Name of the service',
    validate: name => isServiceName(name) || `${ruleFor(name)}; ${suggestServiceName(name)} would do`,
  });
}

async function askTemplate(): Promise<string> {
  const {select} = await import('@inquirer/prompts');
  return select({
    message: 'Template',
    choices: templates.map(({name, summary}) => ({value: name, name, description: summary})),
  });
}

async function askLanguage(languages: readonly string[]): Promise<string> {
  const {select} = await import('@inquirer/prompts');
  return select({message: 'Language', choices: [...languages]});
}

async function askQueue(queues: readonly string[]): Promise<string> {
  const {select} = await import('@inquirer/prompts');
  return select({message: 'Queue', choices: [...queues]});
}
