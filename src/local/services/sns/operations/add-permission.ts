import {operationOf} from '../../../operation.ts';
import {list, required, string, structure} from '../../../shape.ts';
import {invalidParameter} from '../errors.ts';
import {onTopic} from '../permissions.ts';
import type {SnsStore} from '../store.ts';
import {changeStatements} from '../topic-policy.ts';

export const addPermission = operationOf<SnsStore>()({
  name: 'AddPermission',
  input: structure({
    TopicArn: required(string),
    Label: required(string),
    AWSAccountId: required(list(string)),
    ActionName: required(list(string)),
  }),
  permissions: input => onTopic('AddPermission', input),
  run({TopicArn, Label, AWSAccountId, ActionName}, _context, store) {
    changeStatements(store.topic(TopicArn), store, statements => {
      if (statements.some(({Sid}) => Sid === Label)) throw invalidParameter('Statement already exists');
      const statement = {
        Sid: Label,
        Effect: 'Allow',
        Principal: {AWS: AWSAccountId.map(account => `arn:aws:iam::${account}:root`)},
        Action: ActionName.map(action => `SNS:${action}`),
        Resource: TopicArn,
      };
      return [...statements, statement];
    });
    return {};
  },
});
