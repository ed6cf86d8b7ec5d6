import {isObject} from '../../model/is-object.ts';
import {unresolved} from '../../model/resolvable.ts';
import type {Attribute} from './attribute.ts';
import {arnReference, linkTo} from './links.ts';
import {policyDocument} from './policy-documents.ts';
import {link, type Translate, type Translation} from './translation.ts';

export const queue: Translate = translation => {
  const {attributes} = translation;
  const [separate] = translation.pointingHere('aws_sqs_queue_redrive_policy', 'queue_url');
  return {
    type: 'AWS::SQS::Queue',
    properties: {
      QueueName: attributes.at('name').plain(),
      FifoQueue: attributes.at('fifo_queue').plain(),
      VisibilityTimeout: attributes.at('visibility_timeout_seconds').plain(),
      MessageRetentionPeriod: attributes.at('message_retention_seconds').plain(),
      RedrivePolicy: redrivePolicy(translation) ?? (separate && redrivePolicy(separate)),
    },
  };
};

/** JSON that names a queue of the same plan is not known before that is made; but which queue it is, is. */
export function redrivePolicy({attributes, resources, resource}: Translation): unknown {
  const json = attributes.at('redrive_policy');
  if (!json.isUnknown) return known(json, resources, resource);
  const queues = json.references.targets.filter(({resource: target}) => target.type === 'aws_sqs_queue');
  if (queues.length !== 1) return json.reason();
  return {
    deadLetterTargetArn: arnReference({resource: queues[0]!.resource}),
    maxReceiveCount: unresolved('maxReceiveCount', 'the redrive policy is known after apply'),
  };
}

function known(json: Attribute, resources: Translation['resources'], near: Translation['resource']): unknown {
  if (typeof json.value !== 'string' || json.value === '') return undefined;
  let policy: unknown;
  try {
    policy = JSON.parse(json.value);
  } catch (error) {
    return unresolved('the redrive policy', `it is no JSON: ${(error as Error).message}`);
  }
  if (!isObject(policy)) return unresolved('the redrive policy', 'it is not an object');
  const target = {...json, value: policy.deadLetterTargetArn, isUnknown: false};
  return {...policy, deadLetterTargetArn: linkTo(target, ['aws_sqs_queue'], resources, near)};
}

export const queuePolicy: Translate = translation => ({
  type: 'AWS::SQS::QueuePolicy',
  properties: {
    Queues: [link(translation, 'queue_url', 'aws_sqs_queue')],
    PolicyDocument: policyDocument(translation.attributes.at('policy'), translation.resources),
  },
});
