import {createHash} from 'node:crypto';
import {readFile} from 'node:fs/promises';
import {dirname, resolve} from 'node:path';
import type {AwsClients} from '../aws/clients.ts';
import type {AwsIdentity} from '../aws/identity.ts';
import {parseTemplate, type Template} from '../cloudformation/parse.ts';
import {spliceTemplate} from '../cloudformation/splice.ts';
import {GearError} from '../errors.ts';
import {artifactBucketName, artifactStack, artifactTemplate, findArtifactBucket} from './artifact-bucket.ts';
import {type Approve, type DeployedStack, deployStack, requireKnownParameters} from './deploy-stack.ts';
import type {DeployEvent} from './events.ts';
import {type FunctionPackage, packageFunctions} from './package-functions.ts';
import {planVersions} from './plan-versions.ts';
import {readDeployed} from './read-deployed.ts';
import {readStack} from './read-stack.ts';
import {isUpToDate} from './up-to-date.ts';
import {uploadOnce} from './upload.ts';

export interface ServiceDeployment {
  readonly service: string;
  readonly stackName: string;
  /** Path of the template; shown in messages as it is given here. */
  readonly template: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** The functions' code is bundled already. */
  readonly prebuilt: boolean;
  /** Folders of node_modules in which packages are found that the service has not installed. */
  readonly fallbackModules: readonly string[];
  /** The role that CloudFormation takes, for the artefact bucket's stack as well. */
  readonly roleArn?: string | undefined;
  readonly pollMilliseconds: number;
  readonly signal?: AbortSignal;
  onEvent(event: DeployEvent): void;
  /** Before a stack that a failed creation left is deleted. */
  confirm?(question: string): Promise<boolean>;
  approve: Approve;
}

/** Bundle, upload, change set, execute: one road to the embedded AWS and to AWS. */
export async function deployService(
  clients: AwsClients,
  identity: AwsIdentity,
  deployment: ServiceDeployment,
): Promise<DeployedStack> {
  const {service, stackName, parameters, roleArn, pollMilliseconds, signal, onEvent, approve} = deployment;
  const template = parseTemplate(await readFile(deployment.template, 'utf8'), deployment.template);
  requireKnownParameters(template, parameters);
  onEvent({type: 'step', step: 'bundle', detail: service});
  const packages = await packageFunctions(template, {folder: dirname(resolve(deployment.template)), ...deployment});
  signal?.throwIfAborted();
  const bucket = await artifactBucket(clients, identity, deployment);
  signal?.throwIfAborted();
  const packaged = withUploadedCode(template, bucket, service, packages);
  const stack = await readStack(clients, stackName);
  const deployed = await readDeployed(clients, stack);
  const versions = planVersions(identity, {...deployment, template, packages, deployed});
  const proposed = versions.describe(packaged);
  if (stack && deployed && isUpToDate(stack, deployed, {text: proposed, body: template.body}, parameters))
    return {changed: false, stackId: stack.id, status: stack.status, outputs: stack.outputs};
  onEvent({type: 'step', step: 'upload', detail: bucket});
  const put = (key: string, bytes: Uint8Array | string) =>
    uploadOnce(clients, {bucket, key, bytes, owner: identity.account, onEvent});
  await Promise.all(packages.map(item => put(packageKey(service, item), item.zip.bytes)));
  const upload = async (text: string) => {
    const key = `${service}/template/${createHash('sha256').update(text).digest('hex')}.yaml`;
    await put(key, text);
    return {url: objectUrl(identity, bucket, key), text};
  };
  return deployStack(clients, {
    stackName,
    template,
    source: await upload(proposed),
    async revise(changes) {
      const revised = versions.revise(packaged, changes);
      return revised === undefined ? undefined : upload(revised);
    },
    parameters,
    packageBytes: Object.fromEntries(packages.map(({logicalId, zip}) => [logicalId, zip.bytes.length])),
    roleArn,
    pollMilliseconds,
    onEvent,
    approve,
    ...(deployment.confirm === undefined ? {} : {confirm: deployment.confirm}),
    ...(signal === undefined ? {} : {signal}),
  });
}

/** Its name; it is created where there is none. Several services that are deployed at once ask for it first. */
export async function artifactBucket(
  clients: AwsClients,
  identity: AwsIdentity,
  deployment: Pick<ServiceDeployment, 'roleArn' | 'pollMilliseconds' | 'signal' | 'onEvent'>,
): Promise<string> {
  const {roleArn, pollMilliseconds, signal, onEvent} = deployment;
  const found = await findArtifactBucket(clients);
  if (found !== undefined) return found;
  onEvent({type: 'step', step: 'bucket', detail: artifactBucketName(identity)});
  const deployed = await deployStack(clients, {
    stackName: artifactStack,
    template: parseTemplate(artifactTemplate, `${artifactStack}.yaml`),
    source: {body: artifactTemplate},
    parameters: {},
    roleArn,
    pollMilliseconds,
    onEvent: () => {},
    ...(signal === undefined ? {} : {signal}),
  }).catch(error => {
    // The first deployments of two services at once: whoever comes second takes the bucket that the other makes.
    if (!(error instanceof GearError) || error.code !== 'STACK_CHANGED') throw error;
    return undefined;
  });
  if (deployed === undefined) return artifactBucket(clients, identity, deployment);
  const made = deployed.outputs.BucketName ?? (await findArtifactBucket(clients));
  if (made !== undefined) return made;
  throw new GearError(`The stack ${artifactStack} is not gear’s: it has no bucket for packages`, {
    code: 'NO_ARTIFACT_BUCKET',
    suggestions: [`aws cloudformation describe-stack-resources --stack-name ${artifactStack}`],
  });
}

function packageKey(service: string, {logicalId, zip}: FunctionPackage): string {
  return `${service}/${logicalId}/${zip.hash}.zip`;
}

/** The user's own text with nothing changed but the functions' Code and the versions' descriptions: comments and order are what GetTemplate shows. */
function withUploadedCode(
  template: Template,
  bucket: string,
  service: string,
  packages: readonly FunctionPackage[],
): Template {
  const splices = packages.map(item => ({
    path: ['Resources', item.logicalId, 'Properties', 'Code'],
    value: {S3Bucket: bucket, S3Key: packageKey(service, item)},
  }));
  return spliceTemplate(template, splices);
}

/** As AWS names it, whatever the endpoint: CloudFormation takes nothing else, and what stands in for it knows this form. */
function objectUrl({region}: AwsIdentity, bucket: string, key: string): string {
  return `https://${bucket}.s3.${region}.amazonaws.com/${key}`;
}
