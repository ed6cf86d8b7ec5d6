import {Args, Flags} from '@oclif/core';
import {accountFlags, localFlag} from '../cli/flags.ts';
import {GearCommand} from '../cli/gear-command.ts';

export default class Status extends GearCommand {
  static override summary = 'Show how a deployed service is doing';

  static override description =
    `The state of its stack, when each function was last deployed, the alarms that are in ALARM, how deep its queues and dead-letter queues are, and why the last deployment that failed did.

Exit codes: 0 shown, 2 there is no such stack or it could not be read.`;

  static override examples = [
    '<%= config.bin %> <%= command.id %> --local',
    '<%= config.bin %> <%= command.id %> --stack orders --profile prod',
  ];

  static override args = {
    service: Args.string({description: 'Folder or template of the service', default: '.'}),
  };

  static override flags = {
    stack: Flags.string({description: 'Name of the stack; otherwise that of the service', helpValue: 'NAME'}),
    local: localFlag('On the embedded AWS of this project'),
    ...accountFlags,
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Status);
    const stackName = flags.stack ?? (await import('../project/read-project.ts')).readProject(args.service).stack;
    const {connect} = await import('../cli/connect.ts');
    const {clients, identity, notes} = await connect(flags);
    for (const text of notes) this.note(text);
    const {stackResources} = await import('../aws/stack-resources.ts');
    const {readStack} = await import('../deploy/read-stack.ts');
    const {functionStates} = await import('../deploy/function-states.ts');
    const {lastFailure} = await import('../deploy/last-failure.ts');
    const {alarmStates} = await import('../recovery/alarm-states.ts');
    const {queueStates} = await import('../recovery/queue-states.ts');
    // Says which stack is not there, with what to try.
    const resources = await stackResources(clients, stackName);
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
