import type {Template} from '../../cloudformation/parse.ts';
import {readSections, type Sections} from '../../cloudformation/sections.ts';
import {GearError} from '../../errors.ts';
import type {Resolvable} from '../../model/resolvable.ts';
import type {NestedTemplate} from '../nested-templates.ts';
import {deployedResources} from './deployed-resources.ts';
import {arnIn, type Place} from './place.ts';
import type {DeployedResource} from './resource-needs.ts';

/** A stack that a deployment makes, with what is going to be in it. */
export interface PlannedStack {
  readonly place: Place;
  readonly arn: string;
  readonly sections: Sections;
  readonly parameters: Readonly<Record<string, Resolvable<string>>>;
  readonly resources: readonly DeployedResource[];
}

/** The stack of a template, and those that are nested in it; each stands before those that it nests. */
export function plannedStacks(
  template: Template,
  nested: readonly NestedTemplate[],
  parameters: Readonly<Record<string, Resolvable<string>>>,
  place: Place,
): readonly [PlannedStack, ...PlannedStack[]] {
  const sections = readSections(template);
  const resources = deployedResources(sections, parameters, place);
  const arn = arnIn(place, 'cloudformation', `stack/${place.stackName}/*`);
  const inner = resources
    .filter(({type}) => type === 'AWS::CloudFormation::Stack')
    .flatMap(({logicalId, names, properties}) => {
      const found = nested.find(each => each.logicalId === logicalId);
      if (found === undefined)
        throw new GearError(
          `The policy of the deployer cannot be told: the template of the nested stack ${logicalId} does not lie beside this one`,
          {code: 'POLICY_UNKNOWN'},
        );
      // CloudFormation gives its name twelve random characters, which count where names are cut.
      const stackName = names[0]!.replace(/-\*$/, `-${'?'.repeat(12)}`);
      return plannedStacks(found.template, found.nested, knownTexts(properties.Parameters), {...place, stackName});
    });
  return [{place, arn, sections, parameters, resources}, ...inner];
}

/** What is only known after the deployment stays unknown in the nested template. */
function knownTexts(values: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries((values ?? {}) as object).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
