import {randomUUID} from 'node:crypto';
import type {AwsClients} from '../../aws/clients.ts';
import type {AwsIdentity} from '../../aws/identity.ts';
import type {Template} from '../../cloudformation/parse.ts';
import {spliceTemplate} from '../../cloudformation/splice.ts';
import {artifactBucketName} from '../artifact-bucket.ts';
import {capabilitiesFor} from '../capabilities.ts';
import {createChangeSet, type PlannedChange} from '../change-set.ts';
import {deleteChangeSet} from '../discard-change-set.ts';
import {localNestedTemplates} from '../nested-templates.ts';
import type {FunctionPackage} from '../package-functions.ts';
import type {StackDescription} from '../read-stack.ts';
import {ownVersions} from '../version-descriptions.ts';

interface Question {
  readonly service: string;
  readonly stackName: string;
  readonly written: Template;
  readonly deployed: Template;
  readonly packages: readonly FunctionPackage[];
  readonly stack: StackDescription;
  readonly parameters: Readonly<Record<string, string>>;
  readonly pollMilliseconds: number;
}

/** What a request may hold; a larger template would have to be uploaded first. */
const longestBody = 51_200;

/** What CloudFormation would do, by a change set that is deleted again. */
export async function askCloudFormation(
  clients: AwsClients,
  identity: AwsIdentity,
  question: Question,
): Promise<{readonly changeSet: readonly PlannedChange[]; readonly notCompared: string | undefined}> {
  const [nested] = localNestedTemplates(question.written);
  if (nested !== undefined)
    return {
      changeSet: [],
      notCompared: `CloudFormation cannot be asked without uploading ${nested.path}, the template of the nested stack ${nested.logicalId}: gear deploy --plan shows what changes in it`,
    };
  const templateBody = packagedText(identity, question);
  if (Buffer.byteLength(templateBody) > longestBody)
    return {
      changeSet: [],
      notCompared: `${question.written.file} depends on what CloudFormation looks up or expands, and is too large to ask without uploading it`,
    };
  const {stackName, stack, parameters, pollMilliseconds} = question;
  const declared = Object.keys((question.written.body.Parameters as object | null | undefined) ?? {});
  const asked = await createChangeSet(clients, {
    stackName,
    name: `gear-diff-${randomUUID().slice(0, 12)}`,
    type: 'UPDATE',
    templateBody,
    capabilities: capabilitiesFor(question.written.body),
    parameters: declared.flatMap(key => {
      const value = parameters[key];
      if (value !== undefined) return [{key, value}];
      return key in stack.parameters ? [{key}] : [];
    }),
    pollMilliseconds,
  });
  if (asked !== undefined) await deleteChangeSet(clients, asked, false);
  return {changeSet: asked?.changes ?? [], notCompared: undefined};
}

/** The template as it would be sent: a change set does not look whether the packages have been uploaded. */
function packagedText(identity: AwsIdentity, {service, written, deployed, packages}: Question): string {
  const before = new Map(ownVersions(deployed).map(({logicalId, description}) => [logicalId, description]));
  const code = packages.map(({logicalId, zip}) => ({
    path: ['Resources', logicalId, 'Properties', 'Code'],
    value: {S3Bucket: artifactBucketName(identity), S3Key: `${service}/${logicalId}/${zip.hash}.zip`},
  }));
  const versions = ownVersions(written).flatMap(({logicalId}) => {
    const value = before.get(logicalId);
    return value === undefined ? [] : [{path: ['Resources', logicalId, 'Properties', 'Description'], value}];
  });
  return spliceTemplate(written, [...code, ...versions]).text;
}
