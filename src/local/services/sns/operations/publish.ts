import {operationOf} from '../../../operation.ts';
import {string, structure} from '../../../shape.ts';
import {invalidParameter} from '../errors.ts';
import {messageMembers} from '../message.ts';
import {publishMessage} from '../publish.ts';
import type {SnsStore} from '../store.ts';

/** To a topic only: a phone number is refused as a member that is not known. */
export const publish = operationOf<SnsStore>()({
  name: 'Publish',
  input: structure({TopicArn: string, TargetArn: string, ...messageMembers}),
  permissions: ({TopicArn, TargetArn}) => [{action: 'sns:Publish', resource: TopicArn ?? TargetArn ?? '*'}],
  run({TopicArn, TargetArn, ...message}, {endpoint}, store) {
    const arn = TopicArn ?? TargetArn;
    if (arn === undefined) throw invalidParameter('TopicArn or TargetArn Reason: no value for required parameter');
    return {MessageId: publishMessage(store.topic(arn), message, endpoint, store)};
  },
});
