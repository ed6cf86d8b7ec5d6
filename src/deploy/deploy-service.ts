import {readFile} from 'node:fs/promises';
import type {AwsClients} from '../aws/clients.ts';
import type {AwsIdentity} from '../aws/identity.ts';
import {parseTemplate} from '../cloudformation/parse.ts';
import {GearError} from '../errors.ts';
import {artifactBucketName, artifactStack, artifactTemplate, findArtifactBucket} from './artifact-bucket.ts';
import {type Approve, type DeployedStack, deployStack} from './deploy-stack.ts';
import type {DeployEvent} from './events.ts';
import {requireKnownParameters} from './known-parameters.ts';
import {allPackages, type PackagedTemplate, packageTemplate} from './package-template.ts';
import {planVersions} from './plan-versions.ts';
import {readDeployed} from './read-deployed.ts';
import {readStack} from './read-stack.ts';
import {isUpToDate} from './up-to-date.ts';
import {uploadOnce} from './upload.ts';
import {packageKey, templateKey, templateUrl, uploadedTemplate} from './uploaded-template.ts';

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
  /** What was packaged before; without it that is done now. */
  readonly packaged?: PackagedTemplate;
  /** Before the name of the change set, so that those of one plan are found together. */
  readonly changeSetPrefix?: string;
}

/** Bundle, upload, change set, execute: one road to the embedded AWS and to AWS. */
export async function deployService(
  clients: AwsClients,
  identity: AwsIdentity,
  deployment: ServiceDeployment,
): Promise<DeployedStack> {
  const {service, stackName, parameters, roleArn, pollMilliseconds, signal, onEvent, approve} = deployment;
  const packagedTemplate = deployment.packaged ?? (await packageService(deployment));
  const {template, packages} = packagedTemplate;
  const bucket = await artifactBucket(clients, identity, deployment);
  signal?.throwIfAborted();
  const {template: packaged, texts} = uploadedTemplate(packagedTemplate, {identity, service, bucket});
  const stack = await readStack(clients, stackName);
  const deployed = await readDeployed(clients, stack);
  const versions = planVersions(identity, {...deployment, template, packages, deployed});
  const proposed = versions.describe(packaged);
  if (stack && deployed && isUpToDate(stack, deployed, {text: proposed, body: template.body}, parameters))
    return {changed: false, stackId: stack.id, status: stack.status, outputs: stack.outputs};
  onEvent({type: 'step', step: 'upload', detail: bucket});
  const found: Parameters<typeof uploadOnce>[1][] = [];
  const put = async (key: string, bytes: Uint8Array | string) => {
    const upload = {bucket, key, bytes, owner: identity.account, onEvent};
    if (await uploadOnce(clients, upload)) found.push(upload);
  };
  const all = allPackages(packagedTemplate);
  await Promise.all(all.map(item => put(packageKey(service, item), item.zip.bytes)));
  await Promise.all([...new Set(texts)].map(text => put(templateKey(service, text), text)));
  const upload = async (text: string) => {
    const key = templateKey(service, text);
    await put(key, text);
    return {url: templateUrl(identity, bucket, key), text};
  };
  return deployStack(clients, {
    stackName,
    template,
    nested: packagedTemplate.nested,
    source: await upload(proposed),
    async revise(changes) {
      const revised = versions.revise(packaged, changes);
      return revised === undefined ? undefined : upload(revised);
    },
    // What was there already, gear destroy --packages may have taken away until the change set named it.
    async proposed() {
      const onlyNew: (typeof found)[number]['onEvent'] = event => {
        if (!event.existed) onEvent(event);
      };
      await Promise.all(found.map(upload => uploadOnce(clients, {...upload, onEvent: onlyNew})));
    },
    parameters,
    packageBytes: Object.fromEntries(all.map(({path, zip}) => [path, zip.bytes.length])),
    roleArn,
    pollMilliseconds,
    onEvent,
    approve,
    ...(deployment.changeSetPrefix === undefined ? {} : {changeSetPrefix: deployment.changeSetPrefix}),
    ...(deployment.confirm === undefined ? {} : {confirm: deployment.confirm}),
    ...(signal === undefined ? {} : {signal}),
  });
}

/** All of a deployment that needs no AWS. */
export async function packageService(
  deployment: Omit<ServiceDeployment, 'stackName' | 'pollMilliseconds' | 'approve' | 'parameters'> & {
    /** Of which only the names count. */
    readonly parameters: Readonly<Record<string, unknown>>;
  },
): Promise<PackagedTemplate> {
  const {service, parameters, signal, onEvent} = deployment;
  const template = parseTemplate(await readFile(deployment.template, 'utf8'), deployment.template);
  requireKnownParameters(template, parameters);
  onEvent({type: 'step', step: 'bundle', detail: service});
  const packaged = await packageTemplate(template, deployment).catch(error => {
    // esbuild is a process of its own, and a ^C ends it as well.
    signal?.throwIfAborted();
    throw error;
  });
  signal?.throwIfAborted();
  return packaged;
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
