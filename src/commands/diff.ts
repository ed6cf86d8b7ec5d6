import {relative} from 'node:path';
import {Args, Flags} from '@oclif/core';
import {accountFlags, localFlag, parameterFlag, readParameters} from '../cli/flags.ts';
import {GearCommand} from '../cli/gear-command.ts';
import {exitCodes} from '../errors.ts';

export default class Diff extends GearCommand {
  static override summary = 'Show what a deployment would change';

  static override description =
    `Bundles the functions and compares template, values of parameters and code (by the hash of each package) with what is deployed. Nothing is uploaded. Where the templates do not say it all, because something is looked up or expanded while CloudFormation deploys, a change set is created and deleted again.

Exit codes: 0 no differences, 1 differences, 2 could not be compared, 3 no differences found, but not all could be compared.`;

  static override examples = [
    '<%= config.bin %> <%= command.id %> --local',
    '<%= config.bin %> <%= command.id %> ./orders --profile prod --parameter Stage=prod',
  ];

  static override args = {
    service: Args.string({description: 'Folder or template of the service', default: '.'}),
  };

  static override flags = {
    stack: Flags.string({description: 'Name of the stack; otherwise that of the service', helpValue: 'NAME'}),
    parameter: parameterFlag,
    local: localFlag('Compare with the embedded AWS of this project'),
    ...accountFlags,
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Diff);
    const parameters = readParameters(flags.parameter ?? []);
    const {readProject} = await import('../project/read-project.ts');
    const project = readProject(args.service);
    const stackName = flags.stack ?? project.stack;
    const {connect} = await import('../cli/connect.ts');
    const {clients, identity, notes} = await connect(flags);
    const {targetText} = await import('../report/target.ts');
    this.note(targetText('Comparing with', stackName, identity));
    for (const text of notes) this.note(text);
    const {diffService} = await import('../deploy/diff/diff-service.ts');
    const {gearModules} = await import('../bundle/gear-modules.ts');
    const {pollInterval} = await import('../cli/poll-interval.ts');
    const {packages: _, ...diff} = await diffService(clients, identity, {
      service: project.service,
      stackName,
      template: relative(process.cwd(), project.template),
      parameters,
      fallbackModules: flags.local ? gearModules() : [],
      pollMilliseconds: pollInterval(identity.endpoint),
      onEvent: () => {},
    });
    const {creates, template, changeSet, notCompared} = diff;
    const differs = creates || template.length + diff.parameters.length + changeSet.length > 0;
    if (differs) process.exitCode = exitCodes.findings;
    else if (notCompared !== undefined) process.exitCode = exitCodes.incomplete;
    const {serviceDiffText} = await import('../report/service-diff.ts');
    const {paintFor} = await import('../terminal/paint.ts');
    const {account, region, endpoint} = identity;
    this.result({stack: stackName, account, region, endpoint, differs, ...diff}, () =>
      serviceDiffText(stackName, diff, paintFor('stdout')),
    );
  }
}
