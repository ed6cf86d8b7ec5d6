import {document, list, required, string, structure} from '../../shape.ts';
import {ignoringAbsence} from '../failure.ts';
import {policyText} from '../policy-text.ts';
import {defineResource, type ResourceContext} from '../resource-type.ts';

export const snsTopicPolicy = defineResource({
  type: 'AWS::SNS::TopicPolicy',
  properties: structure({PolicyDocument: required(document), Topics: required(list(string))}),
  createOnly: [],
  attributes: ['Id'],
  async create({PolicyDocument, Topics}, context) {
    const id = context.name({longest: 128});
    await setPolicy(Topics, policyText(PolicyDocument), context);
    return {id, attributes: {Id: id}};
  },
  async update({id, properties: before, attributes}, {PolicyDocument, Topics}, context) {
    await setPolicy(Topics, policyText(PolicyDocument), context);
    await removePolicy(
      before.Topics.filter(topic => !Topics.includes(topic)),
      context,
    );
    return {id, attributes};
  },
  delete: ({properties}, context) => removePolicy(properties.Topics, context),
});

async function setPolicy(topics: readonly string[], policy: string, context: ResourceContext): Promise<void> {
  for (const TopicArn of topics)
    await context.call('sns', 'SetTopicAttributes', {TopicArn, AttributeName: 'Policy', AttributeValue: policy});
}

/** The topic's own policy is back. */
async function removePolicy(topics: readonly string[], context: ResourceContext): Promise<void> {
  for (const topic of topics) await ignoringAbsence(setPolicy([topic], '', context));
}
