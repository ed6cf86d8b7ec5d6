import {appendLines} from '../cloudformation/append-lines.ts';
import type {Template} from '../cloudformation/parse.ts';
import {referencesOf} from '../cloudformation/references.ts';
import {removeMember} from '../cloudformation/remove-member.ts';
import {valueAt} from '../cloudformation/value-at.ts';
import {GearError} from '../errors.ts';
import {bucketArn} from './bucket-arn.ts';
import type {AddedFunction} from './function-block.ts';
import {logicalPrefix} from './function-name.ts';
import {lineOf, resourcesOf} from './template-resources.ts';

/** A bucket of the template that tells a queue of what arrives, and the policy without which S3 may not. */
export interface Notification {
  readonly bucket: string;
  readonly queue: string;
  readonly policy: string;
}

/** Undefined for a function that comes with its own source, or with another than a bucket. */
export function notificationOf({name, trigger, source}: Pick<AddedFunction, 'name' | 'trigger' | 'source'>) {
  if (trigger.name !== 'bucket' || source === undefined) return undefined;
  const prefix = logicalPrefix(name);
  return {bucket: source.id, queue: `${prefix}Queue`, policy: `${prefix}QueuePolicy`} satisfies Notification;
}

/** The template with the notification spliced into its bucket; every byte that was there stays. */
export function addNotification(template: Template, {bucket, queue, policy}: Notification): Template {
  const at = ['Resources', bucket];
  const {Properties, DependsOn} = resourcesOf(template)[bucket]!;
  if (DependsOn !== undefined && !Array.isArray(DependsOn))
    throw new GearError(
      `${template.file}:${lineOf(template, [...at, 'DependsOn'])}: ${bucket} depends on one resource`,
      {
        code: 'TEMPLATE_NOT_EDITABLE',
      },
    );
  const waiting =
    DependsOn === undefined
      ? appendLines(template, at, [`DependsOn: ${policy}`])
      : appendLines(template, [...at, 'DependsOn'], [`- ${policy}`]);
  const steps = ['Properties', 'NotificationConfiguration', 'QueueConfigurations'];
  const present = steps.findIndex((_, index) => valueAt(Properties, steps.slice(1, index + 1)) === undefined);
  const missing = present < 0 ? [] : steps.slice(present);
  const lines = [
    ...missing.map((name, index) => `${'  '.repeat(index)}${name}:`),
    ...[`- Event: s3:ObjectCreated:*`, `  Queue: !GetAtt ${queue}.Arn`].map(line => '  '.repeat(missing.length) + line),
  ];
  return appendLines(waiting, [...at, ...steps.slice(0, steps.length - missing.length)], lines);
}

/** The template with its bucket as it was before. */
export function removeNotification(template: Template, {bucket, queue, policy}: Notification): Template {
  const told = `${queue}.Arn`;
  const path = ['Resources', bucket, 'Properties', 'NotificationConfiguration', 'QueueConfigurations'];
  const configurations = valueAt(resourcesOf(template)[bucket], path.slice(2));
  const index = Array.isArray(configurations)
    ? configurations.findIndex(({Queue}) =>
        referencesOf(Queue).some(({name, attribute}) => `${name}.${attribute}` === told),
      )
    : -1;
  const silent = index < 0 ? template : removeMember(template, [...path, index]);
  const DependsOn = resourcesOf(silent)[bucket]?.DependsOn;
  if (DependsOn === policy) return removeMember(silent, ['Resources', bucket, 'DependsOn']);
  const among = Array.isArray(DependsOn) ? DependsOn.indexOf(policy) : -1;
  return among < 0 ? silent : removeMember(silent, ['Resources', bucket, 'DependsOn', among]);
}

/** The same as lines below `Resources:`, for a bucket that cannot be edited. */
export function notificationToPaste({bucket, queue, policy}: Notification): readonly string[] {
  return [
    `${bucket}:`,
    `  DependsOn: ${policy}`,
    '  Properties:',
    '    NotificationConfiguration:',
    '      QueueConfigurations:',
    '        - Event: s3:ObjectCreated:*',
    `          Queue: !GetAtt ${queue}.Arn`,
  ];
}

/** What the person should know of the bucket. */
export function bucketNotes(template: Template, {bucket, policy}: Notification): readonly string[] {
  const {BucketName, BucketEncryption} = resourcesOf(template)[bucket]?.Properties ?? {};
  return [
    ...(bucketArn(BucketName) === undefined
      ? [
          `${bucket} has no BucketName, so ${policy} lets any bucket of the account send: it must stand before the name.`,
        ]
      : []),
    ...(JSON.stringify(BucketEncryption ?? '').includes('KMSMasterKeyID')
      ? [`${bucket} is encrypted with a KMS key: give the new role kms:Decrypt on it.`]
      : []),
  ];
}
