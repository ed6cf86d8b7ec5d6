import {randomUUID} from 'node:crypto';
import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {checkPattern, checkRevision, conflict} from '../errors.ts';
import {onFunction} from '../function-name.ts';
import {policyKey} from '../policy-key.ts';
import type {PolicyStatement} from '../records.ts';
import type {LambdaStore} from '../store.ts';

export const addPermission = operationOf<LambdaStore>()({
  name: 'AddPermission',
  input: structure({
    FunctionName: required(string),
    StatementId: required(string),
    Action: required(string),
    Principal: required(string),
    SourceArn: string,
    SourceAccount: string,
    PrincipalOrgID: string,
    Qualifier: string,
    RevisionId: string,
  }),
  http: {
    method: 'POST',
    path: '/2015-03-31/functions/{FunctionName}/policy',
    query: {Qualifier: 'Qualifier'},
    status: 201,
  },
  permissions: (input, context) => [
    {...onFunction('AddPermission', input, context), context: {'lambda:Principal': input.Principal}},
  ],
  run(input, _context, store) {
    checkPattern('statementId', input.StatementId, /^([a-zA-Z0-9-_]{1,100})$/);
    checkPattern('action', input.Action, /^(lambda:[*]|lambda:[a-zA-Z]+|[*])$/);
    checkPattern('sourceArn', input.SourceArn, /^arn:[a-z0-9-]+:[a-zA-Z0-9-]+:[a-z0-9-]*:\d{0,12}:.+$/);
    checkPattern('sourceAccount', input.SourceAccount, /^\d{12}$/);
    const reference = store.reference(input.FunctionName, input.Qualifier);
    store.configuration(reference);
    const key = policyKey(reference);
    const {statements, revisionId} = store.policies.get(key) ?? {statements: [], revisionId: ''};
    checkRevision(input.RevisionId, revisionId, 'GetPolicy');
    if (statements.some(({Sid}) => Sid === input.StatementId))
      throw conflict(
        `The statement id (${input.StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
      );
    const statement: PolicyStatement = {
      Sid: input.StatementId,
      Effect: 'Allow',
      Principal: principalOf(input.Principal),
      Action: input.Action,
      Resource: store.arn(reference),
      ...conditionOf(input),
    };
    store.policies.set(key, {statements: [...statements, statement], revisionId: randomUUID()});
    return {Statement: JSON.stringify(statement)};
  },
});

function principalOf(given: string): PolicyStatement['Principal'] {
  if (given === '*') return '*';
  if (/^\d{12}$/.test(given)) return {AWS: `arn:aws:iam::${given}:root`};
  return given.startsWith('arn:') ? {AWS: given} : {Service: given};
}

function conditionOf(input: {
  readonly SourceArn?: string | undefined;
  readonly SourceAccount?: string | undefined;
  readonly PrincipalOrgID?: string | undefined;
}): Pick<PolicyStatement, 'Condition'> {
  const equals = {
    ...(input.SourceAccount !== undefined && {'AWS:SourceAccount': input.SourceAccount}),
    ...(input.PrincipalOrgID !== undefined && {'aws:PrincipalOrgID': input.PrincipalOrgID}),
  };
  const condition = {
    ...(Object.keys(equals).length > 0 && {StringEquals: equals}),
    ...(input.SourceArn !== undefined && {ArnLike: {'AWS:SourceArn': input.SourceArn}}),
  };
  return Object.keys(condition).length === 0 ? {} : {Condition: condition};
}
