import {Flags} from '@oclif/core';
import {typesName} from '../cli/confirm-name.ts';
import type {destroyAll} from '../cli/destroy-all.ts';
import type {destroyBucket} from '../cli/destroy-bucket.ts';
import {GearCommand} from '../cli/gear-command.ts';
import {openServiceStack, serviceAt, serviceStackArgs, serviceStackFlags} from '../cli/service-stack.ts';
import {workingTime} from '../cli/working-time.ts';
import type {DestroyPlan} from '../deploy/destroy-plan.ts';
import {exitCodes, GearError} from '../errors.ts';

export default class Destroy extends GearCommand {
  static override summary = 'Delete a stack with what lies in its buckets';
  static override usage = [
    '<%= command.id %> [SERVICE] [--stage NAME | --stack NAME] [--local | --profile NAME] [FLAGS]',
    '<%= command.id %> --bucket NAME [--local | --profile NAME] [FLAGS]',
  ];

  static override description =
    `First says what will be deleted, and what stays because its DeletionPolicy says so. Once that is confirmed, the buckets that go are emptied (every version, delete marker and unfinished upload), the stack is deleted and followed. On a terminal the name of the stack has to be typed; elsewhere --yes and --stack NAME are needed. ^C stops watching: CloudFormation goes on, and the same command watches again.

A stack that is protected against termination, whose exports another stack imports, or with a table that is protected against deletion or a bucket in which Object Lock holds a version is left as it is, buckets included; so is one that somebody changes before it is confirmed. What CloudFormation could not delete can be given up with --retain: it stays, outside of the stack.

Packages that deployments have uploaded stay in the artefact bucket, which other stacks share. --packages takes away those that no stack and no waiting change set names, but none that was sent within the last hour and never named by the stack: a deployment may be about to. The bucket keeps even what is taken away for another 30 days.

With --all, SERVICE is the folder of a repository: its services are deleted in the reverse of the order in which gear deploy --all deploys them, those that do not need each other at once. What goes with all of them is shown first, and one confirmation is asked for; --yes needs --stage where a service has stages. When one of them cannot be deleted, none is; when a deletion fails, what that service depends on stays. A service that is not deployed is passed over.

Exit codes: 0 deleted or not there, 2 could not be deleted, 4 not confirmed, 130 interrupted.`;

  static override examples = [
    '<%= config.bin %> <%= command.id %> --local',
    '<%= config.bin %> <%= command.id %> ./orders --stage dev --profile dev --dry-run',
    {
      description: 'In CI, for the stack of a branch',
      command: '<%= config.bin %> <%= command.id %> --stack orders-pr-17 --packages --yes',
    },
    {
      description: 'Delete the stacks that all services of a repository have in a stage',
      command: '<%= config.bin %> <%= command.id %> --all --stage pr-17 --packages --yes',
    },
    {
      description: 'Delete a bucket that a stack has kept, with every version in it',
      command: '<%= config.bin %> <%= command.id %> --bucket orders-archive-1x2y3z --profile dev',
    },
  ];

  static override args = serviceStackArgs;

  static override flags = {
    ...serviceStackFlags(),
    all: Flags.boolean({
      description: 'Delete all services below the folder, each one after those that depend on it',
      exclusive: ['stack', 'retain', 'bucket'],
    }),
    'dry-run': Flags.boolean({description: 'Only say what would be deleted and what would stay'}),
    yes: Flags.boolean({char: 'y', description: 'Delete without asking; needs --stack, --bucket or --all'}),
    retain: Flags.string({
      description: 'A resource that a deletion has failed on: it stays, outside of the stack; may be repeated',
      helpValue: 'ID',
      multiple: true,
      multipleNonGreedy: true,
    }),
    packages: Flags.boolean({description: 'Take away uploaded packages that no other stack names, too'}),
    bucket: Flags.string({
      description: 'Instead of a stack, a bucket that one has kept',
      exclusive: ['stack', 'stage', 'retain', 'packages'],
      helpValue: 'NAME',
    }),
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Destroy);
    const time = workingTime();
    const {'dry-run': dryRun = false, bucket} = flags;
    if (bucket !== undefined && args.service !== serviceStackArgs.service.default)
      throw new GearError(`--bucket deletes a bucket and no service: ${args.service} would stay as it is`, {
        code: 'USAGE',
        suggestions: [`gear destroy --bucket ${bucket}`, `gear destroy ${args.service}`],
      });
    if (bucket !== undefined) return this.#destroyBucket(bucket, flags);
    if (flags.all) return this.#destroyAll(args.service, flags);
    if (flags.yes && flags.stack === undefined)
      throw new GearError('--yes deletes without asking, so it needs the name of the stack', {
        code: 'CONFIRMATION_NEEDED',
        suggestions: [`gear destroy --yes --stack ${(await serviceAt(args.service, flags))?.stack ?? 'NAME'}`],
        exit: exitCodes.approval,
      });
    const {stackName, project, place, identity, notes, ...connected} = await openServiceStack(args.service, flags);
    this.isAt(place);
    const {noteRetries} = await import('../cli/note-retries.ts');
    let print = (line: string) => this.note(line);
    const clients = noteRetries(connected.clients, line => print(line));
    const {targetText} = await import('../report/target.ts');
    this.note(targetText(dryRun ? 'Looking at' : 'Destroying', stackName, identity));
    for (const text of notes) this.note(text);
    const {goingStacks, planDestruction} = await import('../deploy/destroy-plan.ts');
    const plan = await planDestruction(clients, stackName, identity.account, {retain: flags.retain ?? []});
    const {account, region, endpoint} = identity;
    const result = {stack: stackName, account, region, endpoint};
    const {removedPackagesLine, leftPackagesLine} = await import('../report/packages.ts');
    // A name on the command line may be of any service, and not of the one that lies here.
    const isOfProject = project && (project.stack === stackName || stackName.startsWith(`${project.service}-`));
    const {artifactBucketName} = await import('../deploy/artifact-bucket.ts');
    const ofProject = isOfProject ? {bucket: artifactBucketName(identity), service: project.service} : undefined;
    const removal = async (destroyed?: DestroyPlan, signal?: AbortSignal) => {
      if (!flags.packages) return undefined;
      // Those of nested stacks, and templates alone, are known by the service only.
      const uploaded = destroyed?.packages ?? ofProject;
      if (uploaded === undefined) {
        this.note(`Of which service ${stackName} was is not known: its packages stay`);
        return undefined;
      }
      const {removePackages} = await import('../deploy/remove-packages.ts');
      const gone = destroyed === undefined ? [] : goingStacks(destroyed);
      const options = {...uploaded, owner: identity.account, dryRun, gone};
      return removePackages(clients, {...options, ...(signal === undefined ? {} : {signal})});
    };
    if (plan === undefined) {
      const packages = await removal();
      this.result({...result, existed: false, deleted: [], retained: [], emptied: [], packages}, () =>
        [
          `There is no stack ${stackName} here: nothing to delete`,
          ...(packages === undefined ? [] : [removedPackagesLine(packages, {dryRun})]),
        ].join('\n'),
      );
      return;
    }
    const {destroyPlanText, destroyedText, interruptedText} = await import('../report/destroy.ts');
    const {paintFor} = await import('../terminal/paint.ts');
    if (dryRun) {
      const {deleted, retained, buckets} = plan;
      const packages = await removal(plan);
      this.result({...result, existed: true, deleted, retained, buckets, packages}, () =>
        [
          destroyPlanText(plan, paintFor('stdout'), process.stdout.columns),
          ...(packages === undefined ? [] : [removedPackagesLine(packages, {dryRun})]),
        ].join('\n'),
      );
      return;
    }
    this.note(destroyPlanText(plan, paintFor('stderr'), process.stderr.columns));
    if (!flags.yes && !(await time.without(() => this.#confirmed(plan)))) {
      this.note('Nothing was deleted');
      process.exitCode = exitCodes.approval;
      return;
    }
    const {destroyStack} = await import('../deploy/destroy-stack.ts');
    const {pollInterval} = await import('../cli/poll-interval.ts');
    const {interruptible, unlessAborted} = await import('../cli/interrupt.ts');
    const {showDestruction} = await import('../cli/show-destruction.ts');
    const display = showDestruction(new Set(plan.inNetwork));
    print = display.print;
    const destroyed = await interruptible(
      signal => {
        const destruction = destroyStack(clients, {
          plan,
          owner: identity.account,
          pollMilliseconds: pollInterval(endpoint),
          signal,
          onEvent: display.show,
        });
        return unlessAborted(destruction).finally(() => display.end());
      },
      {evenUnread: true},
    );
    if (destroyed === undefined)
      throw new GearError(
        interruptedText(stackName, plan.status === 'DELETE_IN_PROGRESS' ? 'deleting' : display.phase()),
        {code: 'INTERRUPTED', exit: exitCodes.interrupted},
      );
    const {removeAfterwards} = await import('../cli/remove-afterwards.ts');
    const {packages, failure} = await removeAfterwards(signal => removal(plan, signal));
    const {runnable} = await import('../cli/runnable.ts');
    const shown = (command: string) => runnable(command, {...flags, ...place});
    const {describeError} = await import('../cli/describe-error.ts');
    const failed = failure && describeError(failure, this.id, shown);
    const later = project && flags.stack === undefined ? shown('gear destroy --packages') : undefined;
    const error = failed && {code: failed.code, message: failed.message, suggestions: failed.suggestions};
    this.result({...result, existed: true, deleted: plan.deleted, ...destroyed, packages, error}, () =>
      [
        destroyedText(stackName, destroyed, {milliseconds: time.milliseconds(), shown, paint: paintFor('stdout')}),
        ...(packages === undefined ? [] : [removedPackagesLine(packages, {dryRun})]),
        ...(plan.packages === undefined || (flags.packages && !failed) ? [] : [leftPackagesLine(plan.packages, later)]),
      ].join('\n'),
    );
    if (failed === undefined) return;
    this.note(failed.text);
    process.exitCode = failed.exit;
  }

  async #destroyAll(folder: string, flags: Parameters<typeof destroyAll>[1]): Promise<void> {
    const {destroyAll} = await import('../cli/destroy-all.ts');
    const {document, text, exit} = await destroyAll(folder, flags, line => this.note(line));
    this.result(document, () => text);
    process.exitCode = exit;
  }

  async #destroyBucket(bucket: string, flags: Parameters<typeof destroyBucket>[1]): Promise<void> {
    const {destroyBucket} = await import('../cli/destroy-bucket.ts');
    const destroyed = await destroyBucket(bucket, flags, text => this.note(text));
    if (destroyed === undefined) {
      this.note('Nothing was deleted');
      process.exitCode = exitCodes.approval;
      return;
    }
    const {destroyedBucketText} = await import('../report/destroyed-bucket.ts');
    this.result(destroyed, () => destroyedBucketText(destroyed));
  }

  async #confirmed({stackName, status, buckets}: DestroyPlan): Promise<boolean> {
    // It is too late to say no.
    if (status === 'DELETE_IN_PROGRESS') return true;
    const {destroyQuestion} = await import('../report/destroy.ts');
    return typesName({
      message: destroyQuestion(stackName, buckets),
      name: stackName,
      otherwise: `gear destroy --yes --stack ${stackName}`,
    });
  }
}
