import {readFileSync} from 'node:fs';
import {relative} from 'node:path';
import {Args, Flags} from '@oclif/core';
import {asStageFlag, parameterFlag, readParameters} from '../cli/flags.ts';
import {GearCommand} from '../cli/gear-command.ts';
import {exitCodes, GearError} from '../errors.ts';

export default class Build extends GearCommand {
  static override summary = 'Bundle every function of a service';
  static override description =
    `Bundles each function that has Metadata: {Gear: {Entry: ...}} into the folder that its Code (in SAM CodeUri) names: TypeScript and JavaScript with esbuild, Python with what requirements.txt lists. After it sam deploy, sam local invoke and aws cloudformation package work on the same template. A function of which nothing has changed since the last build is not built again; gear deploy builds in the same way. Functions of nested templates that lie beside the template are built with it, under their paths: Storage/SaveFunction.

A function may have 5 MB unzipped. gear.yaml sets another budget: {build: {budget: 3 MB, functions: {IngestFunction: 900 KB}}}. A function over its budget fails the build, with what has grown since the last build that was within it.

Exit codes: 0 built, or nothing has changed, 1 a function is over its budget, 2 failed, 130 interrupted.`;
  static override examples = [
    {description: 'Build the service in this folder', command: '<%= config.bin %> build'},
    {description: 'See what the functions are made of', command: '<%= config.bin %> build ./orders --analyze'},
  ];
  static override args = {
    service: Args.string({description: 'Folder of the service, or its template', default: '.'}),
  };
  static override flags = {
    stage: asStageFlag('Build with the parameters that gear.yaml gives to a stage'),
    parameter: parameterFlag,
    analyze: Flags.boolean({description: 'Show the packages in each function, the largest first'}),
    cache: Flags.boolean({
      description: 'With --no-cache: build also what has not changed',
      default: true,
      allowNo: true,
    }),
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Build);
    const started = performance.now();
    const {readProject} = await import('../project/read-project.ts');
    const {readTemplate} = await import('../cloudformation/read-template.ts');
    const {buildTemplate} = await import('../deploy/build-template.ts');
    const {requireKnownParameters} = await import('../deploy/known-parameters.ts');
    const {interruptible} = await import('../cli/interrupt.ts');
    const project = readProject(args.service, flags.stage);
    const {folder, service, template: path} = project;
    const {settledParameters} = await import('../project/output-reference.ts');
    const parameters = {...settledParameters(project), ...readParameters(flags.parameter ?? [])};
    const template = await readTemplate(readFileSync(path, 'utf8'), relative(process.cwd(), path));
    requireKnownParameters(template, parameters);
    const functions = await interruptible(async signal => {
      try {
        return await buildTemplate(template, {folder, parameters, fallbackModules: [], rebuild: !flags.cache, signal});
      } catch (error) {
        // esbuild is a process of its own, and a ^C ends it as well.
        if (signal.aborted) return undefined;
        throw error;
      }
    });
    if (functions === undefined)
      throw new GearError('Interrupted. What was built before is still there.', {
        code: 'INTERRUPTED',
        exit: exitCodes.interrupted,
      });
    const {buildDocument, buildText, largeZips} = await import('../report/build.ts');
    const {paintFor} = await import('../terminal/paint.ts');
    for (const text of largeZips(functions)) this.note(text);
    const report = {service, functions, milliseconds: performance.now() - started};
    this.result(buildDocument(report, flags), () => buildText(report, flags, paintFor('stdout')));
    if (functions.some(({budget}) => budget.exceeded)) process.exitCode = exitCodes.findings;
  }
}
