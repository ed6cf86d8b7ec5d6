import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {invalidParameter} from '../errors.ts';
import {onQueue} from '../permissions.ts';
import {statementsOf, withStatements} from '../queue-policy.ts';
import type {SqsStore} from '../store.ts';

export const removePermission = operationOf<SqsStore>()({
  name: 'RemovePermission',
  input: structure({QueueUrl: required(string), Label: required(string)}),
  permissions: (input, _context, store) => onQueue('RemovePermission', input, store),
  run({QueueUrl, Label}, _context, store) {
    const queue = store.queueOfUrl(QueueUrl);
    const statements = statementsOf(queue);
    const kept = statements.filter(({Sid}) => Sid !== Label);
    if (kept.length === statements.length)
      throw invalidParameter(
        `Value ${Label} for parameter Label is invalid. Reason: can't find label on existing policy.`,
      );
    store.setAttributes(queue, {Policy: withStatements(queue, store.arnOf(queue.name), kept)});
  },
});
