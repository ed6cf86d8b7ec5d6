import {expect, test} from 'vitest';
import {isKnownAction} from '../../../src/iam/catalogue.ts';
import {isCovered, operationsOfAction} from '../../../src/local/access/coverage.ts';
import type {Operation, Service} from '../../../src/local/operation.ts';
import {operations as dynamodb} from '../../../src/local/services/dynamodb/operations/index.ts';
import {streamOperations as dynamodbstreams} from '../../../src/local/services/dynamodb/stream-operations/index.ts';
import {operations as iam} from '../../../src/local/services/iam/operations/index.ts';
import {operations as kms} from '../../../src/local/services/kms/operations/index.ts';
import {operations as lambda} from '../../../src/local/services/lambda/operations/index.ts';
import {operations as s3} from '../../../src/local/services/s3/operations/index.ts';

const services = new Map(
  Object.entries({dynamodb, dynamodbstreams, iam, kms, lambda, s3}).map(([name, operations]): [string, Service] => [
    name,
    {
      name,
      ...(name === 'dynamodbstreams' && {iamPrefix: 'dynamodb'}),
      signingNames: [name],
      protocol: {kind: 'rest-json'},
      store: undefined,
      // Only their names are looked at.
      operations: operations as unknown as readonly Operation<unknown>[],
    },
  ]),
);

test.each(Object.entries(operationsOfAction))(
  '%s is an action, and %j are operations that ask for it',
  (action, names) => {
    expect(isKnownAction(action)).toBe(true);
    expect(isCovered(action, services)).toBe(true);
    const known = services.get(action.split(':')[0]!)!.operations.map(({name}) => name.toLowerCase());
    expect(known).toEqual(expect.arrayContaining([...names]));
  },
);

test.each([
  ['s3:GetObject', true],
  ['S3:getobject', true],
  ['s3:Get*', true],
  ['s3:*', true],
  ['*', true],
  ['s3:RestoreObject', false],
  ['s3:CreateAccessPoint*', false],
  ['dynamodb:GetRecords', true],
  ['kinesis:GetRecords', false],
  ['kinesis:*', false],
])('%s can be called in a cloud of S3, DynamoDB, Lambda, KMS and IAM: %s', (pattern, expected) => {
  expect(isCovered(pattern, services)).toBe(expected);
});
