import type {AwsIdentity} from '../aws/identity.ts';
import type {Template} from '../cloudformation/parse.ts';
import {spliceTemplate} from '../cloudformation/splice.ts';
import type {PlannedChange} from './change-set.ts';
import {functionHash} from './function-hash.ts';
import type {FunctionPackage} from './package-functions.ts';
import type {DeployedTemplate} from './read-deployed.ts';
import {
  describeVersions,
  descriptionsIn,
  ownVersions,
  reviseDescriptions,
  type VersionDescriptions,
} from './version-descriptions.ts';

interface VersionOptions {
  readonly template: Template;
  readonly packages: readonly FunctionPackage[];
  readonly stackName: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly deployed: DeployedTemplate | undefined;
}

interface VersionPlan {
  /** The text with the descriptions that make CloudFormation publish what changed. */
  describe(packaged: Template): string;
  /** The text with other descriptions, where the change set shows that they are wrong. */
  revise(packaged: Template, changes: readonly PlannedChange[]): string | undefined;
}

/** A version is published exactly when the code or the configuration of its function changed. */
export function planVersions(
  {account, region}: AwsIdentity,
  {template, packages, stackName, parameters: given, deployed: stack}: VersionOptions,
): VersionPlan {
  if (ownVersions(template).length === 0) return {describe: ({text}) => text, revise: () => undefined};
  const deployed = stack?.text ? descriptionsIn(stack.text) : {};
  const parameters = {...stack?.parameters, ...given};
  const hashOf = (functionId: string) => {
    const packageHash = packages.find(({logicalId}) => logicalId === functionId)?.zip.hash;
    return functionHash(template, functionId, packageHash, {stackName, account, region, parameters});
  };
  const proposed = describeVersions(template, deployed, hashOf);
  return {
    describe: packaged => withDescriptions(packaged, proposed),
    revise(packaged, changes) {
      const revised = reviseDescriptions(template, deployed, proposed, changes);
      return revised && withDescriptions(packaged, revised);
    },
  };
}

function withDescriptions(template: Template, descriptions: VersionDescriptions): string {
  const splices = Object.entries(descriptions).map(([logicalId, value]) => ({
    path: ['Resources', logicalId, 'Properties', 'Description'],
    value,
  }));
  return spliceTemplate(template, splices).text;
}
