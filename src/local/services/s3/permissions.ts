import type {PermissionRequest} from '../../operation.ts';
import type {ContentInput} from './content.ts';
import {parseTagging} from './content.ts';
import {bucketArn, objectArn} from './lookup.ts';

type Context = NonNullable<PermissionRequest['context']>;

export function onBucket(action: string, input: {readonly Bucket: string}, context: Context = {}): PermissionRequest[] {
  return [{action: `s3:${action}`, resource: bucketArn(input), context}];
}

interface ObjectInput {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string | undefined;
}

/** With a version id it is the action's sibling, such as `s3:GetObjectVersion`. */
export function onObject(action: string, versionAction: string, input: ObjectInput): PermissionRequest[] {
  return input.VersionId === undefined
    ? [{action: `s3:${action}`, resource: objectArn(input)}]
    : [{action: `s3:${versionAction}`, resource: objectArn(input), context: {'s3:VersionId': input.VersionId}}];
}

/** What a write takes: tags and an access list in its headers are permissions of their own. */
export function onWrite(
  input: ObjectInput & ContentInput & {readonly IfMatch?: string | undefined},
  more: Context = {},
): PermissionRequest[] {
  const resource = objectArn(input);
  const context: Record<string, string | readonly string[]> = {...more};
  if (input.ACL !== undefined) context['s3:x-amz-acl'] = input.ACL;
  if (input.ServerSideEncryption !== undefined) context['s3:x-amz-server-side-encryption'] = input.ServerSideEncryption;
  if (input.StorageClass !== undefined) context['s3:x-amz-storage-class'] = input.StorageClass;
  if (input.Tagging !== undefined) Object.assign(context, tagContext(parseTagging(input.Tagging)));
  const requests: PermissionRequest[] = [{action: 's3:PutObject', resource, context}];
  if (input.Tagging !== undefined) requests.push({action: 's3:PutObjectTagging', resource, context});
  if (input.ACL !== undefined) requests.push({action: 's3:PutObjectAcl', resource, context});
  // Comparing with the object that is there is reading it.
  if (input.IfMatch !== undefined) requests.push({action: 's3:GetObject', resource});
  return requests;
}

export function tagContext(tags: Readonly<Record<string, string>>): Context {
  return {
    's3:RequestObjectTagKeys': Object.keys(tags),
    ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`s3:RequestObjectTag/${key}`, value])),
  };
}

export function listContext({
  Prefix,
  Delimiter,
  MaxKeys,
}: {
  readonly Prefix?: string | undefined;
  readonly Delimiter?: string | undefined;
  readonly MaxKeys?: number | undefined;
}): Context {
  return {
    ...(Prefix !== undefined && {'s3:prefix': Prefix}),
    ...(Delimiter !== undefined && {'s3:delimiter': Delimiter}),
    ...(MaxKeys !== undefined && {'s3:max-keys': String(MaxKeys)}),
  };
}
