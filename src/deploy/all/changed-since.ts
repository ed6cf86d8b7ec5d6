import type {AwsClients} from '../../aws/clients.ts';
import type {AwsIdentity} from '../../aws/identity.ts';
import {parseTemplate} from '../../cloudformation/parse.ts';
import {artifactBucketName} from '../artifact-bucket.ts';
import {readChangeSet} from '../change-set.ts';
import {comparableBodies} from '../diff/comparable-bodies.ts';
import {compareTemplates} from '../diff/compare-templates.ts';
import type {PackagedTemplate} from '../package-template.ts';
import {type DeployedTemplate, readDeployed} from '../read-deployed.ts';
import {readStack} from '../read-stack.ts';
import {changeSetTemplate} from '../review/review.ts';
import {uploadedTemplate} from '../uploaded-template.ts';

export interface PlannedService {
  readonly service: string;
  readonly stackName: string;
  /** Of the plan; absent where the service was up to date when the others were planned. */
  readonly changeSet: string | undefined;
  readonly packaged: PackagedTemplate;
  /** Those that are no outputs of others. */
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * What is not as it was when it was planned, as sentences without a full stop. A service whose change set has to be made
 * anew, because an output came out differently, is packaged from what lies there now: nobody has reviewed that.
 */
export async function changedSince(
  clients: AwsClients,
  identity: AwsIdentity,
  {service, stackName, changeSet, packaged, parameters}: PlannedService,
): Promise<readonly string[]> {
  const planned = changeSet === undefined ? await standing(clients, stackName) : await waiting(clients, changeSet);
  if (planned === undefined) return [`what was planned for ${stackName} is gone`];
  const {template} = uploadedTemplate(packaged, {identity, service, bucket: artifactBucketName(identity)});
  const before = parseTemplate(planned.text || '{}', 'the planned template', {duplicateKeys: 'last'});
  const bodies = comparableBodies(before, {...packaged, template, included: []});
  return [
    ...compareTemplates(bodies.before, bodies.after).map(
      ({section, name}) => `${section === 'Resources' ? name : `${name} of ${section}`} is not what was planned`,
    ),
    ...Object.keys(parameters)
      .filter(name => planned.parameters[name] !== parameters[name] && !isHidden(planned.parameters[name]))
      .map(name => `the parameter ${name} is not what was planned`),
  ];
}

async function standing(clients: AwsClients, stackName: string): Promise<DeployedTemplate | undefined> {
  return readDeployed(clients, await readStack(clients, stackName));
}

async function waiting(clients: AwsClients, id: string): Promise<DeployedTemplate | undefined> {
  const changeSet = await readChangeSet(clients, id);
  const text = changeSet && (await changeSetTemplate(clients, id, false));
  return text === undefined ? undefined : {text, parameters: changeSet!.parameters};
}

/** CloudFormation shows a NoEcho parameter as asterisks. */
function isHidden(value = ''): boolean {
  return /^\*+$/.test(value);
}
