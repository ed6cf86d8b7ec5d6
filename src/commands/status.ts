import {GearCommand} from '../cli/gear-command.ts';
import {openServiceStack, serviceStackArgs, serviceStackFlags} from '../cli/service-stack.ts';

export default class Status extends GearCommand {
  static override summary = 'Show how a deployed service is doing';
  static override usage = [
    '<%= command.id %> [SERVICE] [--stage NAME | --stack NAME] [--local | --profile NAME] [FLAGS]',
  ];

  static override description =
    `The state of its stack, when each function was last deployed, the alarms that are in ALARM, how deep its queues and dead-letter queues are, and why the last deployment that failed did.

Exit codes: 0 shown, 2 there is no such stack or it could not be read.`;

  static override examples = [
    '<%= config.bin %> <%= command.id %> --local',
    '<%= config.bin %> <%= command.id %> ./orders --stage prod --profile prod',
    '<%= config.bin %> <%= command.id %> --stack orders --profile prod',
  ];

  static override args = serviceStackArgs;

  static override flags = serviceStackFlags();

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Status);
    const {stackName, place, clients, identity, notes} = await openServiceStack(args.service, flags);
    this.isAt(place);
    for (const text of notes) this.note(text);
    const {nestedResources} = await import('../aws/nested-resources.ts');
    const {readStack} = await import('../deploy/read-stack.ts');
    const {functionStates} = await import('../deploy/function-states.ts');
    const {lastFailure} = await import('../deploy/last-failure.ts');
    const {alarmStates} = await import('../recovery/alarm-states.ts');
    const {queueStates} = await import('../recovery/queue-states.ts');
    // Says which stack is not there, with what to try.
    const resources = await nestedResources(clients, stackName);
    const now = new Date();
    const [stack, functions, alarms, queues, failure] = await Promise.all([
      readStack(clients, stackName),
      functionStates(clients, resources),
      alarmStates(clients, resources),
      queueStates(clients, resources, {stackName, now: now.getTime()}),
      lastFailure(clients, stackName),
    ]);
    const {account, region, endpoint} = identity;
    const found = {
      stack: stackName,
      status: stack?.status ?? 'DELETE_COMPLETE',
      reason: stack?.reason,
      changed: stack?.changed,
      functions,
      alarms,
      queues,
      lastFailure: failure,
    };
    const {stackStatusText} = await import('../report/status.ts');
    const {paintFor} = await import('../terminal/paint.ts');
    this.result({...found, account, region, endpoint}, () => stackStatusText(found, now, paintFor('stdout')));
  }
}
