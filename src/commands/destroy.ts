import {Flags} from '@oclif/core';
import {GearCommand} from '../cli/gear-command.ts';
import {openServiceStack, serviceStackArgs, serviceStackFlags} from '../cli/service-stack.ts';
import type {DestroyPlan} from '../deploy/destroy-plan.ts';
import {exitCodes, GearError} from '../errors.ts';

export default class Destroy extends GearCommand {
  static override summary = 'Delete a stack with what lies in its buckets';

  static override description =
    `First says what will be deleted, and what stays because its DeletionPolicy says so. Once that is confirmed, the buckets that go are emptied (every version, delete marker and unfinished upload), the stack is deleted and followed. On a terminal the name of the stack has to be typed; elsewhere --yes and --stack NAME are needed. ^C stops watching: CloudFormation goes on, and the same command watches again.

A stack that is protected against termination, or whose exports another stack imports, is left as it is, buckets included.

Exit codes: 0 deleted or not there, 2 could not be deleted, 4 not confirmed, 130 interrupted.`;

  static override examples = [
    '<%= config.bin %> <%= command.id %> --local',
    '<%= config.bin %> <%= command.id %> ./orders --profile dev --dry-run',
    {
      description: 'In CI, for the stack of a branch',
      command: '<%= config.bin %> <%= command.id %> --stack orders-pr-17 --yes',
    },
  ];

  static override args = serviceStackArgs;

  static override flags = {
    ...serviceStackFlags(),
    'dry-run': Flags.boolean({description: 'Only say what would be deleted and what would stay'}),
    yes: Flags.boolean({char: 'y', description: 'Delete without asking; needs --stack'}),
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Destroy);
    const started = Date.now();
    const {local = false, 'dry-run': dryRun = false} = flags;
    if (flags.yes && flags.stack === undefined)
      throw new GearError('--yes deletes without asking, so it needs the name of the stack', {
        code: 'CONFIRMATION_NEEDED',
        suggestions: ['--yes --stack NAME'],
        exit: exitCodes.approval,
      });
    const {stackName, clients, identity, notes} = await openServiceStack(args.service, flags);
    const {targetText} = await import('../report/target.ts');
    this.note(targetText(dryRun ? 'Looking at' : 'Destroying', stackName, identity));
    for (const text of notes) this.note(text);
    const {planDestruction} = await import('../deploy/destroy-plan.ts');
    const plan = await planDestruction(clients, stackName, identity.account);
    const {account, region, endpoint} = identity;
    const result = {stack: stackName, account, region, endpoint};
    if (plan === undefined) {
      this.result(
        {...result, existed: false, deleted: [], retained: [], emptied: []},
        () => `There is no stack ${stackName} here: nothing to delete`,
      );
      return;
    }
    const {destroyPlanText, destroyedText} = await import('../report/destroy.ts');
    const {paintFor} = await import('../terminal/paint.ts');
    if (dryRun) {
      const {deleted, retained, buckets} = plan;
      this.result({...result, existed: true, deleted, retained, buckets}, () =>
        destroyPlanText(plan, paintFor('stdout')),
      );
      return;
    }
    this.note(destroyPlanText(plan, paintFor('stderr')));
    if (!flags.yes && !(await this.#confirmed(plan))) {
      this.note('Nothing was deleted');
      process.exitCode = exitCodes.approval;
      return;
    }
    const {destroyStack} = await import('../deploy/destroy-stack.ts');
    const {pollInterval} = await import('../cli/poll-interval.ts');
    const {interruptible} = await import('../cli/interrupt.ts');
    const {showDestruction} = await import('../cli/show-destruction.ts');
    const display = showDestruction(new Set(plan.inNetwork));
    const destroyed = await interruptible(async signal => {
      try {
        return await destroyStack(clients, {
          plan,
          owner: identity.account,
          pollMilliseconds: pollInterval(endpoint),
          signal,
          onEvent: display.show,
        });
      } catch (error) {
        if (!signal.aborted) throw error;
        return undefined;
      } finally {
        display.end();
      }
    });
    if (destroyed === undefined)
      throw new GearError(
        display.deleting()
          ? `Interrupted. CloudFormation goes on deleting ${stackName}; the same command watches it.`
          : `Interrupted. The stack ${stackName} stands; what was taken out of its buckets is gone.`,
        {code: 'INTERRUPTED', exit: exitCodes.interrupted},
      );
    this.result({...result, existed: true, deleted: plan.deleted, ...destroyed}, () =>
      destroyedText(stackName, destroyed, {milliseconds: Date.now() - started, local, paint: paintFor('stdout')}),
    );
  }

  async #confirmed({stackName, status, buckets}: DestroyPlan): Promise<boolean> {
    // It is too late to say no.
    if (status === 'DELETE_IN_PROGRESS') return true;
    if (!process.stdin.isTTY || !process.stderr.isTTY)
      throw new GearError(
        `Destroying ${stackName} deletes it for good; without a terminal it needs --yes and --stack`,
        {
          code: 'CONFIRMATION_NEEDED',
          suggestions: [`--yes --stack ${stackName}`],
          exit: exitCodes.approval,
        },
      );
    const {destroyQuestion} = await import('../report/destroy.ts');
    const {input} = await import('@inquirer/prompts');
    const answer = await input({message: destroyQuestion(stackName, buckets)}, {output: process.stderr});
    return answer.trim() === stackName;
  }
}
