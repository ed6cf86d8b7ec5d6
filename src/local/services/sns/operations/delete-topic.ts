import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onTopic} from '../permissions.ts';
import {checkTopicArn, type SnsStore} from '../store.ts';

export const deleteTopic = operationOf<SnsStore>()({
  name: 'DeleteTopic',
  input: structure({TopicArn: required(string)}),
  permissions: input => onTopic('DeleteTopic', input),
  run({TopicArn}, _context, store) {
    store.deleteTopic(checkTopicArn(TopicArn));
    return {};
  },
});
