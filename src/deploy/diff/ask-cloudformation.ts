import {randomUUID} from 'node:crypto';
import type {AwsClients} from '../../aws/clients.ts';
import type {AwsIdentity} from '../../aws/identity.ts';
import type {Template} from '../../cloudformation/parse.ts';
import {spliceTemplate} from '../../cloudformation/splice.ts';
import {artifactBucketName, findArtifactBucket} from '../artifact-bucket.ts';
import {capabilitiesFor} from '../capabilities.ts';
import {allChanges, createChangeSet, isIdle, type PlannedChange} from '../change-set.ts';
import {deleteChangeSet} from '../discard-change-set.ts';
import {declaredParameters} from '../known-parameters.ts';
import {hasNestedStacks} from '../nested-templates.ts';
import type {PackagedTemplate} from '../package-template.ts';
import type {StackDescription} from '../read-stack.ts';
import {uploadOnce} from '../upload.ts';
import {templateKey, templateUrl, uploadedTemplate} from '../uploaded-template.ts';
import {ownVersions} from '../version-descriptions.ts';

interface Question {
  readonly service: string;
  readonly stackName: string;
  readonly packaged: PackagedTemplate;
  readonly deployed: Template;
  readonly stack: StackDescription;
  readonly parameters: Readonly<Record<string, string>>;
  readonly pollMilliseconds: number;
  readonly signal?: AbortSignal;
}

/** What a request may hold; a larger template has to be uploaded first. */
const longestBody = 51_200;

/** What CloudFormation would do, also in nested stacks, by a change set that is deleted again. */
export async function askCloudFormation(
  clients: AwsClients,
  identity: AwsIdentity,
  question: Question,
): Promise<{readonly changeSet: readonly PlannedChange[]; readonly notCompared: string | undefined}> {
  const {stackName, packaged, stack, parameters, pollMilliseconds, signal} = question;
  const {template, nested} = packaged;
  const source = await templateSource(clients, identity, question);
  if (source === undefined)
    return {
      changeSet: [],
      notCompared: `CloudFormation cannot be asked without uploading ${neededFile(packaged)}, and there is no bucket of gear’s yet: gear deploy --plan makes one`,
    };
  signal?.throwIfAborted();
  const asked = await createChangeSet(clients, {
    stackName,
    name: `gear-diff-${randomUUID().slice(0, 12)}`,
    type: 'UPDATE',
    ...source,
    includeNestedStacks: hasNestedStacks(template),
    capabilities: capabilitiesFor(template.body, nested),
    parameters: declaredParameters(template).flatMap(key => {
      const value = parameters[key];
      if (value !== undefined) return [{key, value}];
      return key in stack.parameters ? [{key}] : [];
    }),
    pollMilliseconds,
    ...(signal === undefined ? {} : {signal}),
  });
  if (asked !== undefined) await deleteChangeSet(clients, asked, false);
  signal?.throwIfAborted();
  const all = asked === undefined ? [] : allChanges(asked);
  return {changeSet: all.filter(change => !isIdle(change, all)), notCompared: undefined};
}

/** In the request where it can be; undefined where there is no bucket for what cannot. */
async function templateSource(
  clients: AwsClients,
  identity: AwsIdentity,
  {service, packaged, deployed}: Question,
): Promise<{readonly templateBody: string} | {readonly templateUrl: string} | undefined> {
  const inBucket = (bucket: string) => {
    // A change set does not look whether the packages have been uploaded.
    const {template, texts} = uploadedTemplate(packaged, {identity, service, bucket});
    return {text: withOldVersions(template, deployed), texts};
  };
  const {text, texts} = inBucket(artifactBucketName(identity));
  if (texts.length === 0 && Buffer.byteLength(text) <= longestBody) return {templateBody: text};
  const bucket = await findArtifactBucket(clients);
  if (bucket === undefined) return undefined;
  const there = inBucket(bucket);
  for (const each of new Set([...there.texts, there.text]))
    await uploadOnce(clients, {
      bucket,
      key: templateKey(service, each),
      bytes: each,
      owner: identity.account,
      onEvent: () => {},
    });
  return {templateUrl: templateUrl(identity, bucket, templateKey(service, there.text))};
}

/** A description by which CloudFormation publishes a version only follows from its function. */
function withOldVersions(template: Template, deployed: Template): string {
  const before = new Map(ownVersions(deployed).map(({logicalId, description}) => [logicalId, description]));
  const versions = ownVersions(template).flatMap(({logicalId}) => {
    const value = before.get(logicalId);
    return value === undefined ? [] : [{path: ['Resources', logicalId, 'Properties', 'Description'], value}];
  });
  return spliceTemplate(template, versions).text;
}

function neededFile({template, nested: [nested], included: [included]}: PackagedTemplate): string {
  if (nested !== undefined) return `${nested.template.file}, the template of the nested stack ${nested.logicalId}`;
  return included === undefined ? `${template.file}, which is too large for a request` : 'what AWS::Include names';
}
