import {GearCommand} from '../cli/gear-command.ts';
import {openServiceStack, serviceStackArgs, serviceStackFlags} from '../cli/service-stack.ts';
import {exitCodes} from '../errors.ts';

export default class Drift extends GearCommand {
  static override summary = 'Find what was changed behind a stack’s back';
  static override usage = [
    '<%= command.id %> [SERVICE] [--stage NAME | --stack NAME] [--local | --profile NAME] [FLAGS]',
  ];

  static override description =
    `Asks CloudFormation to compare the resources of the stack with what it made of them. Nested stacks are compared one by one, and what is in them is named by its path: Storage/Table. Resources whose types CloudFormation cannot compare are named; so are functions that --hotswap gave other code, which CloudFormation does not see. The embedded AWS compares roles and functions.

Exit codes: 0 no drift, 1 drift, 2 could not be detected.`;

  static override examples = [
    '<%= config.bin %> <%= command.id %> --local',
    '<%= config.bin %> <%= command.id %> ./orders --stage prod --profile prod',
    '<%= config.bin %> <%= command.id %> --stack orders --profile prod',
  ];

  static override args = serviceStackArgs;

  static override flags = serviceStackFlags();

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Drift);
    const {stackName, place, clients, identity, notes} = await openServiceStack(args.service, flags);
    this.isAt(place);
    const {targetText} = await import('../report/target.ts');
    this.note(targetText('Looking at', stackName, identity));
    for (const text of notes) this.note(text);
    const {detectDrift} = await import('../deploy/detect-drift.ts');
    const {hotswappedFunctions} = await import('../deploy/hotswapped-functions.ts');
    const {interruptible} = await import('../cli/interrupt.ts');
    const {pollInterval} = await import('../cli/poll-interval.ts');
    const pollMilliseconds = pollInterval(identity.endpoint);
    const found = await interruptible(signal => detectDrift(clients, {stackName, pollMilliseconds, signal}));
    const hotswapped = (await hotswappedFunctions(clients, stackName)).map(({logicalId}) => logicalId);
    if (found.drifted.length + hotswapped.length > 0) process.exitCode = exitCodes.findings;
    const drift = {...found, hotswapped};
    const {driftText} = await import('../report/drift.ts');
    const {paintFor} = await import('../terminal/paint.ts');
    const {account, region, endpoint} = identity;
    this.result({stack: stackName, account, region, endpoint, ...drift}, () =>
      driftText(stackName, drift, paintFor('stdout'), process.stdout.columns),
    );
  }
}
