import type {EncryptionContext} from './ciphertext.ts';

export interface GrantRecord {
  readonly id: string;
  readonly token: string;
  readonly keyId: string;
  readonly name?: string;
  readonly createdAt: number;
  readonly grantee: string;
  readonly retiring?: string;
  readonly operations: readonly string[];
  readonly constraints?: GrantConstraints;
  readonly issuer: string;
}

export interface GrantConstraints {
  readonly EncryptionContextEquals?: EncryptionContext | undefined;
  readonly EncryptionContextSubset?: EncryptionContext | undefined;
}

/** Operations that take an encryption context: a grant's constraint speaks of these only. */
const cryptographic = [
  'Decrypt',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
];

export const grantOperations = [...cryptographic, 'DescribeKey', 'RetireGrant'];

/** What a grant allows, in the words of a key policy: it is evaluated together with it. */
export function grantStatements({id, grantee, retiring, operations, constraints}: GrantRecord): object[] {
  const held = operations.filter(operation => cryptographic.includes(operation));
  const retirement = {StringEquals: {[grantIdKey]: id}};
  const statements = [
    ...(held.length > 0 ? [allow(grantee, held, conditionOf(constraints))] : []),
    ...(operations.includes('DescribeKey') ? [allow(grantee, ['DescribeKey'])] : []),
    ...(operations.includes('RetireGrant') ? [allow(grantee, ['RetireGrant'], retirement)] : []),
    ...(retiring === undefined ? [] : [allow(retiring, ['RetireGrant'], retirement)]),
  ];
  return statements.map(statement => ({Sid: `grant ${id}`, ...statement}));
}

/** Not AWS's: with it a statement lets somebody retire one grant and not the others. */
export const grantIdKey = 'gear:GrantId';

function allow(AWS: string, operations: readonly string[], Condition?: object): object {
  const Action = operations.map(operation => `kms:${operation}`);
  return {Effect: 'Allow', Principal: {AWS}, Action, Resource: '*', ...(Condition && {Condition})};
}

function conditionOf(constraints: GrantConstraints = {}): object | undefined {
  const {EncryptionContextEquals: equals, EncryptionContextSubset: subset} = constraints;
  const wanted = Object.entries(equals ?? subset ?? {});
  return {
    StringEquals: Object.fromEntries(wanted.map(([key, value]) => [`kms:EncryptionContext:${key}`, value])),
    ...(equals && {'ForAllValues:StringEquals': {'kms:EncryptionContextKeys': Object.keys(equals)}}),
  };
}

export function shownGrant(grant: GrantRecord, keyArn: string) {
  return {
    KeyId: keyArn,
    GrantId: grant.id,
    Name: grant.name,
    CreationDate: new Date(grant.createdAt),
    GranteePrincipal: grant.grantee,
    RetiringPrincipal: grant.retiring,
    IssuingAccount: grant.issuer,
    Operations: grant.operations,
    Constraints: grant.constraints,
  };
}
