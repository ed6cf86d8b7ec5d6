import {boolean, document, type Infer, integer, string, structure} from '../../shape.ts';
import {type Tag, tagList} from '../../tag-list.ts';
import {policyText} from '../policy-text.ts';
import {defineResource, type ResourceContext} from '../resource-type.ts';
import {tagChanges} from '../tags.ts';

const properties = structure({
  BypassPolicyLockoutSafetyCheck: boolean,
  Description: string,
  EnableKeyRotation: boolean,
  Enabled: boolean,
  KeyPolicy: document,
  KeySpec: string,
  KeyUsage: string,
  Origin: string,
  PendingWindowInDays: integer,
  RotationPeriodInDays: integer,
  Tags: tagList,
});
type Properties = Infer<typeof properties>;

/** `MultiRegion` is refused by name. Deleting the resource schedules the key's deletion, as AWS does. */
export const kmsKey = defineResource({
  type: 'AWS::KMS::Key',
  properties,
  createOnly: ['KeySpec', 'KeyUsage', 'Origin'],
  attributes: ['Arn', 'KeyId'],
  async create(key, context) {
    const {KeyMetadata} = await context.call<{KeyMetadata: {KeyId: string; Arn: string}}>('kms', 'CreateKey', {
      Description: key.Description,
      KeySpec: key.KeySpec,
      KeyUsage: key.KeyUsage,
      Origin: key.Origin,
      BypassPolicyLockoutSafetyCheck: key.BypassPolicyLockoutSafetyCheck,
      ...(key.KeyPolicy === undefined ? {} : {Policy: policyText(key.KeyPolicy)}),
      ...(key.Tags === undefined ? {} : {Tags: kmsTags(key.Tags)}),
    });
    const {KeyId, Arn} = KeyMetadata;
    context.created(KeyId);
    await setRotation(KeyId, {}, key, context);
    if (key.Enabled === false) await context.call('kms', 'DisableKey', {KeyId});
    return {id: KeyId, attributes: {Arn, KeyId}};
  },
  async update({id: KeyId, properties: before, attributes}, after, context) {
    if ((before.Description ?? '') !== (after.Description ?? ''))
      await context.call('kms', 'UpdateKeyDescription', {KeyId, Description: after.Description ?? ''});
    const policy = after.KeyPolicy ?? defaultPolicy(context);
    if (policyText(before.KeyPolicy ?? defaultPolicy(context)) !== policyText(policy))
      await context.call('kms', 'PutKeyPolicy', {
        KeyId,
        Policy: policyText(policy),
        BypassPolicyLockoutSafetyCheck: after.BypassPolicyLockoutSafetyCheck,
      });
    await setRotation(KeyId, before, after, context);
    if ((before.Enabled ?? true) !== (after.Enabled ?? true))
      await context.call('kms', after.Enabled === false ? 'DisableKey' : 'EnableKey', {KeyId});
    const {set, removed} = tagChanges(before.Tags, after.Tags);
    if (set.length > 0) await context.call('kms', 'TagResource', {KeyId, Tags: kmsTags(set)});
    if (removed.length > 0) await context.call('kms', 'UntagResource', {KeyId, TagKeys: removed});
    return {id: KeyId, attributes};
  },
  async delete({id: KeyId, properties: {PendingWindowInDays}}, context) {
    const {KeyMetadata} = await context.call<{KeyMetadata: {KeyState: string}}>('kms', 'DescribeKey', {KeyId});
    if (KeyMetadata.KeyState !== 'PendingDeletion')
      await context.call('kms', 'ScheduleKeyDeletion', {KeyId, PendingWindowInDays});
  },
});

async function setRotation(
  KeyId: string,
  before: Partial<Properties>,
  after: Properties,
  context: ResourceContext,
): Promise<void> {
  const {EnableKeyRotation: on = false, RotationPeriodInDays} = after;
  if (on === (before.EnableKeyRotation ?? false) && RotationPeriodInDays === before.RotationPeriodInDays) return;
  if (on) await context.call('kms', 'EnableKeyRotation', {KeyId, RotationPeriodInDays: RotationPeriodInDays ?? 365});
  else await context.call('kms', 'DisableKeyRotation', {KeyId});
}

/** What a key has whose template names no policy. */
function defaultPolicy({account}: ResourceContext): object {
  const statement = {Effect: 'Allow', Principal: {AWS: `arn:aws:iam::${account}:root`}, Action: 'kms:*', Resource: '*'};
  return {Version: '2012-10-17', Id: 'key-default-1', Statement: [{Sid: 'Enable IAM User Permissions', ...statement}]};
}

function kmsTags(tags: readonly Tag[]) {
  return tags.map(({Key, Value}) => ({TagKey: Key, TagValue: Value}));
}
