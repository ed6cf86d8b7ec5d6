import {referencesOf} from '../cloudformation/references.ts';
import type {Resource} from './template-resources.ts';

/**
 * Whether the bucket tells somebody of new objects already, as S3 takes no second receiver of an event.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html
 */
export function tellsOfNewObjects(resources: Readonly<Record<string, Resource>>, bucket: string): boolean {
  const {NotificationConfiguration = {}} = (resources[bucket]?.Properties ?? {}) as {
    NotificationConfiguration?: object;
  };
  const lists = ['QueueConfigurations', 'TopicConfigurations', 'LambdaConfigurations'].map(
    name => (NotificationConfiguration as Record<string, unknown>)[name],
  );
  // What is an intrinsic, such as an If, may be any event.
  const told = lists.flatMap(list => (Array.isArray(list) ? list : list === undefined ? [] : [{}]));
  const possible = told.some(({Event}) => typeof Event !== 'string' || Event.startsWith('s3:ObjectCreated:'));
  return possible || intrinsic(NotificationConfiguration) || Object.values(resources).some(fn => takesFrom(fn, bucket));
}

/** SAM writes the notification of a function's event into the bucket itself. */
function takesFrom({Type, Properties}: Resource, bucket: string): boolean {
  if (Type !== 'AWS::Serverless::Function') return false;
  return Object.values((Properties?.Events ?? {}) as Record<string, {Type?: unknown} | null>).some(
    event => event?.Type === 'S3' && referencesOf(event).some(({name}) => name === bucket),
  );
}

function intrinsic(value: unknown): boolean {
  const [name] = Object.keys((value ?? {}) as object);
  return name === 'Ref' || name?.startsWith('Fn::') === true;
}
