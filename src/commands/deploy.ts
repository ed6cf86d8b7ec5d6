import {readFileSync} from 'node:fs';
import {relative} from 'node:path';
import {Args, Flags} from '@oclif/core';
import {attendFlags, attends} from '../cli/attend-flags.ts';
import {accountFlags, localFlag, parameterFlag, readParameters} from '../cli/flags.ts';
import {GearCommand} from '../cli/gear-command.ts';
import type {ChangeSet} from '../deploy/change-set.ts';
import {exitCodes, GearError} from '../errors.ts';

export default class Deploy extends GearCommand {
  static override summary = 'Deploy a service as a CloudFormation stack';
  static override description =
    `Bundles every function, uploads what is missing, creates a change set, executes it and follows its events. With --local the stack goes to the embedded AWS, which is started when it is not running: the same road, only the endpoint and the credentials differ.

SERVICE is a service's folder, its template, or the name of a template that comes with gear (ingestion, queue-worker, ...).

^C stops watching, and CloudFormation goes on: --watch follows it to its end, --cancel rolls an update back. A deployment that finds another one under way waits for it. What a failed creation left is deleted first, unless data is in it; a rollback that failed goes on with --continue-rollback.

Exit codes: 0 deployed or nothing to change, 2 failed, 4 not approved, 130 interrupted.`;
  static override examples = [
    {description: 'Deploy the service in this folder to the embedded AWS', command: '<%= config.bin %> deploy --local'},
    {
      description: 'Deploy the reference pipeline without scaffolding it first',
      command: '<%= config.bin %> deploy ingestion --local',
    },
    {
      description: 'Watch on after ^C, or after a lost connection',
      command: '<%= config.bin %> deploy --watch',
    },
    {
      description: 'Deploy to an account',
      command: '<%= config.bin %> deploy ./orders --profile dev --region eu-central-1',
    },
  ];
  static override args = {
    service: Args.string({description: 'Folder, template, or the name of a reference pipeline', default: '.'}),
  };
  static override flags = {
    stack: Flags.string({
      description: 'Name of the stack; otherwise gear.yaml says, or the folder’s name',
      helpValue: 'NAME',
    }),
    parameter: parameterFlag,
    'role-arn': Flags.string({
      description: 'Role that CloudFormation takes, for this and all later deployments of the stack',
      helpValue: 'ARN',
    }),
    local: localFlag('Deploy to the embedded AWS of this project'),
    ...accountFlags,
    ...attendFlags,
    hotswap: Flags.boolean({
      description: 'Only give functions their new code, without CloudFormation; on development stacks only',
      exclusive: ['yes', 'role-arn', 'watch', 'cancel', 'continue-rollback'],
    }),
    yes: Flags.boolean({char: 'y', description: 'Execute the changes without asking'}),
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Deploy);
    const doing = attends(flags);
    if (doing !== undefined) {
      const {attendStack} = await import('../cli/attend-stack.ts');
      const attended = await attendStack(doing, args.service, flags, text => this.note(text));
      const {attendedText} = await import('../report/deploy.ts');
      const {paintFor} = await import('../terminal/paint.ts');
      this.result(attended, () => attendedText(attended, paintFor('stdout')));
      return;
    }
    const started = Date.now();
    const parameters = readParameters(flags.parameter ?? []);
    const {findReference} = await import('../scaffold/reference.ts');
    const {readProject} = await import('../project/read-project.ts');
    const reference = findReference(args.service);
    const project = readProject(reference ?? args.service);
    const {connect} = await import('../cli/connect.ts');
    const {clients, identity, notes} = await connect(flags);
    const {deployedText, targetLine} = await import('../report/deploy.ts');
    const stackName = flags.stack ?? project.stack;
    this.note(targetLine(stackName, identity));
    for (const text of notes) this.note(text);
    const {hotswapService, undoHotswapsFirst} = await import('../cli/hotswap.ts');
    const place = {clients, identity, stackName, local: flags.local, note: (text: string) => this.note(text)};
    if (flags.hotswap) {
      if (reference !== undefined)
        throw new GearError(`${args.service} comes with gear and has no code to change`, {code: 'USAGE'});
      const swapped = await hotswapService(place, project, parameters);
      this.result(swapped.document, () => swapped.text);
      return;
    }
    await undoHotswapsFirst(place, project.folder);
    if (flags.local) await this.#noteWhatIsNotSimulated(project.template);

    const {deployService} = await import('../deploy/deploy-service.ts');
    const {gearModules} = await import('../bundle/gear-modules.ts');
    const {interruptible} = await import('../cli/interrupt.ts');
    const {showDeployment} = await import('../cli/show-deployment.ts');
    const display = showDeployment();
    const deployed = await interruptible(async signal => {
      try {
        return await deployService(clients, identity, {
          service: project.service,
          stackName,
          template: relative(process.cwd(), project.template),
          parameters,
          roleArn: flags['role-arn'],
          prebuilt: reference !== undefined,
          fallbackModules: flags.local ? gearModules() : [],
          pollMilliseconds: flags.local ? 50 : 2000,
          signal,
          onEvent: display.show,
          ...(flags.local || flags.yes ? {} : {confirm: (question: string) => this.#confirm(question)}),
          approve: changeSet => this.#approve(changeSet, flags.local || flags.yes),
        });
      } catch (error) {
        if (!signal.aborted) throw error;
        return undefined;
      } finally {
        display.end();
      }
    });
    if (deployed === undefined)
      throw display.executing()
        ? (await import('../cli/detached.ts')).detached(stackName, flags)
        : new GearError('Interrupted. Nothing was deployed.', {code: 'INTERRUPTED', exit: exitCodes.interrupted});
    const result = {
      stack: stackName,
      ...deployed,
      account: identity.account,
      region: identity.region,
      endpoint: identity.endpoint,
    };
    const {paintFor} = await import('../terminal/paint.ts');
    this.result(result, () => deployedText({...result, milliseconds: Date.now() - started}, paintFor('stdout')));
  }

  async #noteWhatIsNotSimulated(file: string): Promise<void> {
    const {parseTemplate} = await import('../cloudformation/parse.ts');
    const {notSimulated} = await import('../local/not-simulated.ts');
    for (const text of notSimulated(parseTemplate(readFileSync(file, 'utf8'), file))) this.note(text);
  }

  /** The embedded account is the developer's own; elsewhere somebody has to say yes. */
  async #approve({changes}: ChangeSet, approved: boolean): Promise<boolean> {
    if (approved) return true;
    const {changesText} = await import('../report/deploy.ts');
    const {paintFor} = await import('../terminal/paint.ts');
    this.note(changesText(changes, paintFor('stderr')));
    if (!process.stdin.isTTY || !process.stderr.isTTY)
      throw new GearError('The changes need an approval, and there is no terminal to ask on', {
        code: 'APPROVAL_NEEDED',
        exit: exitCodes.approval,
        suggestions: ['--yes, once somebody has read them'],
      });
    return this.#confirm('Execute these changes?');
  }

  /** Yes where there is nobody to ask: what is asked for then needs no more than the flags said. */
  async #confirm(message: string): Promise<boolean> {
    if (!process.stdin.isTTY || !process.stderr.isTTY) return true;
    const {confirm} = await import('@inquirer/prompts');
    return confirm({message, default: false}, {output: process.stderr});
  }
}
