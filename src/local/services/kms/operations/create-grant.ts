import {randomBytes} from 'node:crypto';
import {operationOf} from '../../../operation.ts';
import {notImplemented, ServiceError} from '../../../service-error.ts';
import {list, map, required, string, structure} from '../../../shape.ts';
import {grantOperations} from '../grant.ts';
import {onKey} from '../permissions.ts';
import type {KmsStore} from '../store.ts';

export const createGrant = operationOf<KmsStore>()({
  name: 'CreateGrant',
  input: structure({
    KeyId: required(string),
    GranteePrincipal: required(string),
    RetiringPrincipal: string,
    Operations: required(list(string)),
    Constraints: structure({EncryptionContextEquals: map(string), EncryptionContextSubset: map(string)}),
    GrantTokens: list(string),
    Name: string,
  }),
  permissions: (input, context, store) => [
    onKey('CreateGrant', input, context, store, {
      'kms:GranteePrincipal': input.GranteePrincipal,
      'kms:GrantOperations': input.Operations,
      'kms:GrantIsForAWSResource': String(context.via !== undefined),
      ...(input.RetiringPrincipal === undefined ? {} : {'kms:RetiringPrincipal': input.RetiringPrincipal}),
      ...(input.Constraints === undefined ? {} : {'kms:GrantConstraintType': Object.keys(input.Constraints)}),
    }),
  ],
  run(input, {clock, account}, store) {
    const {GranteePrincipal: grantee, RetiringPrincipal: retiring, Operations: operations, Constraints, Name} = input;
    for (const principal of [grantee, ...(retiring === undefined ? [] : [retiring])])
      if (!/^arn:aws:(?:iam|sts)::\d{12}:/.test(principal))
        throw new ServiceError('InvalidArnException', `${principal} is not the ARN of a principal`);
    const stranger = operations.find(operation => !grantOperations.includes(operation));
    if (stranger !== undefined) throw notImplemented(`grants of the KMS operation ${stranger}`);
    const {id: keyId} = store.livingKey(input.KeyId);
    // A named grant that is asked for again is the same grant.
    const existing = store
      .grantsOf(keyId)
      .find(grant => Name !== undefined && grant.name === Name && grant.grantee === grantee);
    if (existing !== undefined) return {GrantToken: existing.token, GrantId: existing.id};
    const id = randomBytes(32).toString('hex');
    const token = randomBytes(96).toString('base64url');
    store.grants.set(id, {
      id,
      token,
      keyId,
      createdAt: clock.now(),
      grantee,
      operations,
      issuer: `arn:aws:iam::${account}:root`,
      ...(Name === undefined ? {} : {name: Name}),
      ...(retiring === undefined ? {} : {retiring}),
      ...(Constraints === undefined ? {} : {constraints: Constraints}),
    });
    return {GrantToken: token, GrantId: id};
  },
});
