import {relative} from 'node:path';
import {parameterFlag, readParameters} from '../cli/flags.ts';
import {GearCommand} from '../cli/gear-command.ts';
import {openServiceStack, serviceStackArgs, serviceStackFlags} from '../cli/service-stack.ts';
import {exitCodes} from '../errors.ts';

export default class Diff extends GearCommand {
  static override summary = 'Show what a deployment would change';
  static override usage = [
    '<%= command.id %> [SERVICE] [--stage NAME | --stack NAME] [--local | --profile NAME] [FLAGS]',
  ];

  static override description =
    `Bundles the functions and compares template, values of parameters and code (by the hash of each package) with what is deployed. Then it says what the differences mean, as gear deploy would before it asks: whose permissions are widened, narrowed or equal, what is replaced, which data is at risk, and how large the code is. No code is uploaded. A change set is created and deleted again where only CloudFormation knows: what it replaces, and what is looked up or expanded while it deploys. For that it has to find the templates of nested stacks and the files that AWS::Include names: they are put into the artefact bucket, as gear deploy does.

Exit codes: 0 no differences, 1 differences, 2 could not be compared, 3 no differences found, but not all could be compared.`;

  static override examples = [
    '<%= config.bin %> <%= command.id %> --local',
    '<%= config.bin %> <%= command.id %> ./orders --stage prod --profile prod',
    '<%= config.bin %> <%= command.id %> --stack orders-pr-17 --parameter Stage=test',
  ];

  static override args = serviceStackArgs;

  static override flags = {
    ...serviceStackFlags('Compare with the embedded AWS of this project'),
    parameter: parameterFlag,
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Diff);
    const given = readParameters(flags.parameter ?? []);
    const {readProject} = await import('../project/read-project.ts');
    const project = readProject(args.service, flags.stage);
    const {stackName, place, clients, identity, notes} = await openServiceStack(args.service, flags);
    this.isAt(place);
    const {targetText} = await import('../report/target.ts');
    this.note(targetText('Comparing with', stackName, identity));
    for (const text of notes) this.note(text);
    const {serviceConnections} = await import('../cli/service-connections.ts');
    const {deploymentParameters} = await import('../cli/deployment-parameters.ts');
    const connections = serviceConnections(flags);
    const parameters = await deploymentParameters(project, given, {stage: flags.stage, connections});
    const {diffService} = await import('../deploy/diff/diff-service.ts');
    const {reviewDiff} = await import('../deploy/diff/review-diff.ts');
    const {gearModules} = await import('../bundle/gear-modules.ts');
    const {pollInterval} = await import('../cli/poll-interval.ts');
    const options = {
      service: project.service,
      stackName,
      template: relative(process.cwd(), project.template),
      parameters,
      fallbackModules: flags.local ? gearModules() : [],
      pollMilliseconds: pollInterval(identity.endpoint),
      onEvent: () => {},
    };
    const {interruptible} = await import('../cli/interrupt.ts');
    const {diff, review} = await interruptible(async signal => {
      const compared = await diffService(clients, identity, {...options, signal});
      return {diff: compared.diff, review: await reviewDiff(clients, identity, {...options, signal}, compared)};
    });
    const {creates, template, changeSet, notCompared} = diff;
    const differs = creates || template.length + diff.parameters.length + changeSet.length > 0;
    if (differs) process.exitCode = exitCodes.findings;
    else if (notCompared !== undefined) process.exitCode = exitCodes.incomplete;
    const {serviceDiffText} = await import('../report/service-diff.ts');
    const {paintFor} = await import('../terminal/paint.ts');
    const {account, region, endpoint} = identity;
    this.result({stack: stackName, account, region, endpoint, differs, ...diff, ...review}, () =>
      serviceDiffText(stackName, diff, review, paintFor('stdout'), process.stdout.columns),
    );
  }
}
