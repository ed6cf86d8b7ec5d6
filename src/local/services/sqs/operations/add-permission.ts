import {operationOf} from '../../../operation.ts';
import {list, required, string, structure} from '../../../shape.ts';
import {invalidParameter} from '../errors.ts';
import {onQueue} from '../permissions.ts';
import {statementsOf, withStatements} from '../queue-policy.ts';
import type {SqsStore} from '../store.ts';

export const addPermission = operationOf<SqsStore>()({
  name: 'AddPermission',
  input: structure({
    QueueUrl: required(string),
    Label: required(string),
    AWSAccountIds: required(list(string)),
    Actions: required(list(string)),
  }),
  permissions: (input, _context, store) => onQueue('AddPermission', input, store),
  run({QueueUrl, Label, AWSAccountIds, Actions}, _context, store) {
    const queue = store.queueOfUrl(QueueUrl);
    if (!/^[\w-]{1,80}$/.test(Label)) throw invalidParameter(`Value ${Label} for parameter Label is invalid.`);
    const statements = statementsOf(queue);
    if (statements.some(({Sid}) => Sid === Label))
      throw invalidParameter(`Value ${Label} for parameter Label is invalid. Reason: Already exists.`);
    const statement = {
      Sid: Label,
      Effect: 'Allow',
      Principal: {AWS: AWSAccountIds.map(account => `arn:aws:iam::${account}:root`)},
      Action: Actions.map(action => `SQS:${action}`),
      Resource: store.arnOf(queue.name),
    };
    store.setAttributes(queue, {Policy: withStatements(queue, store.arnOf(queue.name), [...statements, statement])});
  },
});
