import {readFileSync} from 'node:fs';
import {relative} from 'node:path';
import {Args, Flags} from '@oclif/core';
import {allowFlags, approval, approvalFlags, confirm} from '../cli/approval.ts';
import {attendFlags, attends, type Doing} from '../cli/attend-flags.ts';
import type {attendStack} from '../cli/attend-stack.ts';
import {auditFirst, auditGateFlags} from '../cli/audit-gate.ts';
import type {deployAll} from '../cli/deploy-all.ts';
import {allFlags} from '../cli/deploy-all-flags.ts';
import {fitted} from '../cli/fitted.ts';
import {accountFlags, localFlag, parameterFlag, readParameters, stageFlag} from '../cli/flags.ts';
import {GearCommand} from '../cli/gear-command.ts';
import {type TargetFlags, targetWords} from '../cli/target-words.ts';
import {workingTime} from '../cli/working-time.ts';
import type {DeployedStack} from '../deploy/deploy-stack.ts';
import type {Review} from '../deploy/review/review.ts';
import {exitCodes, GearError} from '../errors.ts';
import {printable} from '../terminal/printable.ts';

export default class Deploy extends GearCommand {
  static override summary = 'Deploy a service as a CloudFormation stack';
  /** What oclif makes of the flags that exclude each other nobody can read. */
  static override usage = [
    '<%= command.id %> [SERVICE] [--local | --profile NAME] [FLAGS]',
    '<%= command.id %> --all [FOLDER] [--changed-since REF] [FLAGS]',
    '<%= command.id %> [SERVICE | --all [FOLDER]] --plan | --approve-plan HASH',
    '<%= command.id %> [SERVICE] --watch | --cancel | --continue-rollback',
  ];
  static override description =
    `Audits the template, bundles every function, uploads what is missing, creates a change set, shows what it would do to the permissions of each role, executes it and follows its events. With nothing to change, nothing is written. With --local the stack goes to the embedded AWS, which is started when it is not running: the same road, but nobody is asked, nothing is audited, and data that is lost is only noted.

SERVICE is a service's folder, its template, or the name of a template that comes with gear (ingestion, queue-worker, ...).

Permissions are compared by what they mean, statement by statement: a role, trust policy, boundary, resource policy or permission is widened, narrowed, both or equal. What cannot be known before the deployment counts as widened. Somebody is asked when something is widened (--approve any: when anything changes). Where there is no terminal to ask on, the change set is kept, exit code 4 says so, and --approve-plan with the hash that is printed executes it: exactly what was reviewed, on exactly the stack that it was reviewed for.

Replacing or removing a table, bucket, queue, key, log group or another resource with data needs --allow-replace with its logical ID, whatever else was approved.

^C stops watching, and CloudFormation goes on: --watch follows it to its end, --cancel rolls an update back, and deletes the stack of a first creation once that is confirmed. A deployment that finds another one under way waits for it. What a failed creation left is deleted first, unless data is in it; a rollback that failed goes on with --continue-rollback.

With --all, SERVICE is the folder of a repository: its services are deployed in the order of what gear.yaml says of them (dependsOn, and parameters that are outputs of others), those that do not wait for each other at once. All of them are prepared, and their changes approved, before anything is executed; when one cannot be prepared, none is. What waits for a service that failed is skipped. --allow-replace names a resource as SERVICE.ID.

--all --plan keeps a change set for every service that can have one, and prints one hash over all of them and their order; --all --approve-plan executes exactly that. A service that takes an output which is not there yet, or waits for one that is not deployed, can have none: it is compared by its templates, and what hangs on the output counts as widened. Its change set is made when the output is known, and is executed only when it does no more than what was shown; so it is with an output that comes out differently than it was when the plan was made.

--json prints every event as a line of JSON; the last line is the result, or the error.

Exit codes: 0 deployed, planned or nothing to change, 1 the audit has findings, or --detailed-exitcode changes, 2 failed, 4 not approved, 130 interrupted.`;
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
    {
      description: 'Let somebody read the changes',
      command: '<%= config.bin %> deploy --profile dev --plan',
    },
    {
      description: 'Execute exactly the changes that were read',
      command: '<%= config.bin %> deploy --profile dev --approve-plan 3f5a...',
    },
    {
      description: 'Deploy what has changed of a repository’s services, as stacks that end in -dev',
      command: '<%= config.bin %> deploy --all --changed-since origin/main --stage dev --profile dev',
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
      exclusive: ['yes', 'approve', 'plan', 'approve-plan', 'allow-replace', 'role-arn', 'outputs-file'],
    }),
    'outputs-file': Flags.string({description: 'Write the outputs of the stack to a file, as JSON', helpValue: 'FILE'}),
    ...approvalFlags,
    ...auditGateFlags,
    stage: stageFlag,
    ...allFlags,
  };
  static override baseFlags = {
    json: Flags.boolean({description: 'Print every event as a line of JSON, the result last', helpGroup: 'GLOBAL'}),
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Deploy);
    const doing = attends(flags);
    if (doing !== undefined) return this.#attend(doing, args.service, flags);
    if (flags.all) return this.#deployAll(args.service, flags);
    const time = workingTime();
    const given = readParameters(flags.parameter ?? []);
    const {findReference} = await import('../scaffold/reference.ts');
    const {readProject} = await import('../project/read-project.ts');
    const reference = findReference(args.service);
    const project = readProject(reference ?? args.service, flags.stage);
    const template = relative(process.cwd(), project.template);
    const planHash = flags['approve-plan'];
    const outputsFile = flags['outputs-file'];
    if (outputsFile !== undefined) (await import('../cli/outputs-file.ts')).requireWritable(outputsFile);
    const note = (text: string) => this.note(text);
    await auditFirst(project, given, flags, note);
    const {inRegionOf, serviceConnections} = await import('../cli/service-connections.ts');
    const {noteRetries} = await import('../cli/note-retries.ts');
    let print = note;
    const connections = serviceConnections(flags, {
      prepare: clients => noteRetries(clients, line => print(line), this.#printed),
    });
    this.isAt(inRegionOf(project, flags));
    const {clients, identity, notes} = await connections.of(project);
    const {placeText} = await import('../report/target.ts');
    const stackName = flags.stack ?? project.stack;
    this.note(`Deploying ${stackName} to ${placeText(identity)}`);
    for (const text of notes) this.note(text);
    const {deploymentParameters} = await import('../cli/deployment-parameters.ts');
    const parameters = await deploymentParameters(project, given, {stage: flags.stage, connections});
    const {hotswapService, undoHotswapsFirst} = await import('../cli/hotswap.ts');
    const place = {clients, identity, stackName, local: flags.local, note};
    if (flags.hotswap) {
      if (reference !== undefined)
        throw new GearError(`${args.service} comes with gear and has no code to change`, {code: 'USAGE'});
      const swapped = await hotswapService(place, project, parameters);
      this.result(swapped.document, () => swapped.text);
      return;
    }
    if (!flags.plan) await undoHotswapsFirst(place, project.folder);
    if (flags.local) await this.#noteWhatIsNotSimulated(project.template);

    const {interruptible, unlessAborted} = await import('../cli/interrupt.ts');
    const {showDeployment} = await import('../cli/show-deployment.ts');
    const display = showDeployment(this.#printed);
    print = display.print;
    const {decide, refuseLoss, lacking} = approval(flags, note);
    const watching = {pollMilliseconds: flags.local ? 50 : 2000, onEvent: display.show};
    const deploy = async (signal: AbortSignal): Promise<DeployedStack> => {
      if (planHash !== undefined) {
        const {executePlan} = await import('../deploy/execute-plan.ts');
        const text = readFileSync(project.template, 'utf8');
        return executePlan(clients, {
          ...watching,
          stackName,
          hash: planHash,
          file: template,
          text,
          signal,
          confirm: refuseLoss,
        });
      }
      const {deployService} = await import('../deploy/deploy-service.ts');
      const {gearModules} = await import('../bundle/gear-modules.ts');
      return deployService(clients, identity, {
        ...watching,
        service: project.service,
        stackName,
        template,
        parameters,
        roleArn: flags['role-arn'],
        prebuilt: reference !== undefined,
        fallbackModules: flags.local ? gearModules() : [],
        signal,
        ...(flags.local || flags.yes ? {} : {confirm: question => time.without(() => confirm(question, {signal}))}),
        approve: review => time.without(() => decide(review, signal)),
      });
    };
    const deployed = await interruptible(signal => unlessAborted(deploy(signal)).finally(() => display.end()), {
      evenUnread: true,
    });
    if (deployed === undefined)
      throw display.executing()
        ? (await import('../cli/detached.ts')).detached(stackName, this.place())
        : new GearError('Interrupted. Nothing was deployed.', {code: 'INTERRUPTED', exit: exitCodes.interrupted});
    const {plan, ...outcome} = deployed;
    const {account, region, endpoint} = identity;
    const result = {stack: stackName, ...outcome, account, region, endpoint};
    const {paintFor} = await import('../terminal/paint.ts');
    const {deployedText, plannedText} = await import('../report/deploy.ts');
    if (plan !== undefined) {
      const line = this.#lineFor(plan, args.service, flags);
      if (!flags.plan)
        throw new GearError(lacking(plan), {code: 'APPROVAL_NEEDED', exit: exitCodes.approval, suggestions: [line]});
      const {reviewText} = await import('../report/review.ts');
      const paint = paintFor('stdout');
      this.result({...result, plan}, () =>
        fitted(plannedText(stackName, reviewText(plan, paint, process.stdout.columns), line, paint), process.stdout),
      );
      if (flags['detailed-exitcode']) process.exitCode = exitCodes.findings;
      return;
    }
    if (outputsFile !== undefined)
      (await import('../cli/outputs-file.ts')).writeOutputsFile(outputsFile, stackName, deployed.outputs);
    this.result(result, () =>
      fitted(deployedText({...result, milliseconds: time.milliseconds()}, paintFor('stdout')), process.stdout),
    );
  }

  async #attend(doing: Doing, service: string, flags: Parameters<typeof attendStack>[2]): Promise<void> {
    const {attendStack} = await import('../cli/attend-stack.ts');
    const attended = await attendStack(doing, service, flags, {
      note: text => this.note(text),
      also: this.#printed,
      at: place => this.isAt(place),
    });
    const {attendedText} = await import('../report/deploy.ts');
    const {paintFor} = await import('../terminal/paint.ts');
    this.result(attended, () => fitted(attendedText(attended, paintFor('stdout')), process.stdout));
  }

  async #deployAll(folder: string, flags: Parameters<typeof deployAll>[1]): Promise<void> {
    const {deployAll} = await import('../cli/deploy-all.ts');
    const {document, text, exit} = await deployAll(
      folder,
      flags,
      line => this.note(line),
      event => this.json && process.stdout.write(this.asJson(event)),
    );
    this.result(document, () => text);
    process.exitCode = exit;
  }

  /** The result and an error are lines among those of the events. */
  protected override asJson(document: object): string {
    return printable(`${JSON.stringify({type: 'error' in document ? 'error' : 'result', ...document})}\n`);
  }

  /** Writes every event as a line, with `--json`. */
  get #printed(): ((event: object) => void) | undefined {
    return this.json ? event => process.stdout.write(printable(`${JSON.stringify(event)}\n`)) : undefined;
  }

  /** What executes a plan: where to, by which hash, and at the loss of what. */
  #lineFor({hash, atRisk}: Review, service: string, flags: TargetFlags): string {
    const words = [
      'gear deploy',
      ...(service === '.' ? [] : [service]),
      ...targetWords(flags),
      `--approve-plan ${hash}`,
    ];
    return [...words, ...(atRisk.length === 0 || flags.local ? [] : [allowFlags(atRisk)])].join(' ');
  }

  async #noteWhatIsNotSimulated(file: string): Promise<void> {
    const {parseTemplate} = await import('../cloudformation/parse.ts');
    const {notSimulated} = await import('../local/not-simulated.ts');
    for (const text of notSimulated(parseTemplate(readFileSync(file, 'utf8'), file))) this.note(text);
  }
}
