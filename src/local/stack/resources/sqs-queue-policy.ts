import {document, list, required, string, structure} from '../../shape.ts';
import {ignoringAbsence} from '../failure.ts';
import {policyText} from '../policy-text.ts';
import {defineResource, type ResourceContext} from '../resource-type.ts';

export const sqsQueuePolicy = defineResource({
  type: 'AWS::SQS::QueuePolicy',
  properties: structure({PolicyDocument: required(document), Queues: required(list(string))}),
  createOnly: [],
  attributes: ['Id'],
  async create({PolicyDocument, Queues}, context) {
    const id = context.name({longest: 128});
    await setPolicy(Queues, policyText(PolicyDocument), context);
    return {id, attributes: {Id: id}};
  },
  async update({id, properties: before, attributes}, {PolicyDocument, Queues}, context) {
    await setPolicy(Queues, policyText(PolicyDocument), context);
    await removePolicy(
      before.Queues.filter(queue => !Queues.includes(queue)),
      context,
    );
    return {id, attributes};
  },
  delete: ({properties}, context) => removePolicy(properties.Queues, context),
});

async function setPolicy(queues: readonly string[], Policy: string, context: ResourceContext): Promise<void> {
  for (const QueueUrl of queues) await context.call('sqs', 'SetQueueAttributes', {QueueUrl, Attributes: {Policy}});
}

async function removePolicy(queues: readonly string[], context: ResourceContext): Promise<void> {
  for (const queue of queues) await ignoringAbsence(setPolicy([queue], '', context));
}
