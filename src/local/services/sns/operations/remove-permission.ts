import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onTopic} from '../permissions.ts';
import type {SnsStore} from '../store.ts';
import {changeStatements} from '../topic-policy.ts';

export const removePermission = operationOf<SnsStore>()({
  name: 'RemovePermission',
  input: structure({TopicArn: required(string), Label: required(string)}),
  permissions: input => onTopic('RemovePermission', input),
  run({TopicArn, Label}, _context, store) {
    changeStatements(store.topic(TopicArn), store, statements => statements.filter(({Sid}) => Sid !== Label));
    return {};
  },
});
