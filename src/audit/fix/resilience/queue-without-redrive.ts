import {valueAt} from '../../../cloudformation/value-at.ts';
import type {Fixer} from '../fix.ts';
import {freeName, noSuchPlace, propertiesOf} from '../properties-of.ts';

export const fixQueueWithoutRedrive: Fixer = ({resource}, {template}) => {
  const properties = propertiesOf(resource, template);
  if (properties === undefined) return noSuchPlace;
  const queue = (valueAt(template.body, ['Resources', resource]) ?? {}) as Readonly<Record<string, unknown>>;
  const own = (queue.Properties ?? {}) as Readonly<Record<string, unknown>>;
  const name = freeName(`${resource}Dlq`, template);
  const condition = queue.Condition === undefined ? {} : {Condition: queue.Condition};
  // A dead-letter queue is of the kind of its source, and no less encrypted.
  const alike = ['FifoQueue', 'KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds', 'SqsManagedSseEnabled'].filter(
    member => own[member] !== undefined,
  );
  return {
    what: `${resource} has the dead-letter queue ${name}`,
    assumes: `A message that failed 5 times may leave ${resource}, and somebody looks into ${name} within 14 days.`,
    // Whom an alarm tells is not in the template; the audit asks for it next.
    leaves: ['observability/no-dead-letter-alarm'],
    edits: [
      {
        set: [...properties, 'RedrivePolicy'],
        value: {deadLetterTargetArn: {'Fn::GetAtt': [name, 'Arn']}, maxReceiveCount: 5},
      },
      {
        resource: name,
        value: {
          Type: 'AWS::SQS::Queue',
          ...condition,
          Properties: {
            MessageRetentionPeriod: 1_209_600,
            ...Object.fromEntries(alike.map(member => [member, own[member]])),
          },
        },
      },
    ],
  };
};
