import {beforeEach, expect, test} from 'vitest';
import type {Caller} from '../../../../src/local/caller.ts';
import {type AssembledCloud, account, assembledCloud, refusal} from '../../assembled-cloud.ts';

let cloud: AssembledCloud;
beforeEach(() => {
  cloud = assembledCloud();
});

interface Parameter {
  readonly Name: string;
  readonly Value: string;
  readonly Version: number;
  readonly ARN: string;
}
const ssm = <T = Record<string, unknown>>(operation: string, input: object = {}, caller?: Caller) =>
  cloud.call<T>('ssm', operation, input, caller);
const put = (Name: string, Value: string, more: object = {}) =>
  ssm<{Version: number}>('PutParameter', {Name, Value, Type: 'String', ...more});
const get = async (Name: string, more: object = {}, caller?: Caller) =>
  (await ssm<{Parameter: Parameter}>('GetParameter', {Name, ...more}, caller)).Parameter;
const byPath = async (Path: string, more: object = {}) =>
  (await ssm<{Parameters: Parameter[]}>('GetParametersByPath', {Path, ...more})).Parameters.map(({Name}) => Name);
const arn = (rest: string) => `arn:aws:ssm:us-east-1:${account}:parameter/${rest}`;

test('a parameter is put once, and overwritten only when that is said', async () => {
  expect(await put('/orders/limit', '10')).toMatchObject({Version: 1, Tier: 'Standard'});
  expect(await refusal(put('/orders/limit', '20'))).toMatch(/^ParameterAlreadyExists/);
  expect(await put('/orders/limit', '20', {Overwrite: true})).toMatchObject({Version: 2});
  await cloud.restart();
  expect(await get('/orders/limit')).toMatchObject({Value: '20', Version: 2, ARN: arn('orders/limit'), Type: 'String'});
  expect(await refusal(get('/orders/none'))).toBe('ParameterNotFound: Parameter /orders/none not found.');
});

test('a version is asked for by its number or its label', async () => {
  await put('limit', '10');
  await put('limit', '20', {Overwrite: true});
  await ssm('LabelParameterVersion', {Name: 'limit', ParameterVersion: 1, Labels: ['prod', '1st']}).then(answer =>
    expect(answer).toMatchObject({InvalidLabels: ['1st'], ParameterVersion: 1}),
  );
  expect(await get('limit:1')).toMatchObject({Value: '10', Selector: ':1'});
  expect(await get('limit:prod')).toMatchObject({Value: '10', Selector: ':prod'});
  expect(await get(`${arn('limit')}:2`)).toMatchObject({Value: '20'});
  expect(await refusal(get('limit:3'))).toMatch(/^ParameterVersionNotFound/);
  expect(await ssm('GetParameterHistory', {Name: 'limit'})).toMatchObject({
    Parameters: [
      {Version: 1, Value: '10', Labels: ['prod']},
      {Version: 2, Value: '20'},
    ],
  });
});

test('a path gives what lies in it, and what lies deeper when that is asked for', async () => {
  for (const name of ['/orders/limit', '/orders/legacy/url', '/ordersother/limit', 'orders']) await put(name, '1');
  expect(await byPath('/orders')).toEqual(['/orders/limit']);
  expect(await byPath('/orders/', {Recursive: true})).toEqual(['/orders/legacy/url', '/orders/limit']);
  expect(await byPath('/', {Recursive: true})).toHaveLength(3);
  expect(await ssm('GetParameters', {Names: ['/orders/limit', 'none']})).toMatchObject({
    Parameters: [{Name: '/orders/limit'}],
    InvalidParameters: ['none'],
  });
  expect(await ssm('DeleteParameters', {Names: ['/orders/limit', 'none']})).toEqual({
    DeletedParameters: ['/orders/limit'],
    InvalidParameters: ['none'],
  });
});

test.each([
  ['orders/limit', {}, 'ValidationException'],
  ['/aws/limit', {}, 'ValidationException'],
  ['ssm-limit', {}, 'ValidationException'],
  ['/a b', {}, 'ValidationException'],
  [`/${'a/'.repeat(15)}b`, {}, 'HierarchyLevelLimitExceededException'],
  ['limit', {AllowedPattern: '^\\d+$'}, 'ParameterPatternMismatchException'],
  ['limit', {Tier: 'Advanced'}, 'NotImplemented: gear local does not implement the parameter tier Advanced'],
  ['limit', {Type: 'Number'}, 'UnsupportedParameterType'],
  ['limit', {KeyId: 'alias/orders'}, 'ValidationException'],
])('%s with %j is refused', async (name, more, code) => {
  expect(await refusal(put(name, 'ten', more))).toMatch(new RegExp(`^${code}`));
});

test('parameters are described by filters, and tagged', async () => {
  await put('/orders/limit', '1', {Tags: [{Key: 'team', Value: 'orders'}]});
  await put('/billing/limit', '1', {Type: 'StringList'});
  const described = async (...ParameterFilters: object[]) =>
    (await ssm<{Parameters: Parameter[]}>('DescribeParameters', {ParameterFilters})).Parameters.map(({Name}) => Name);
  expect(await described({Key: 'tag:team', Values: ['orders']})).toEqual(['/orders/limit']);
  expect(await described({Key: 'Type', Values: ['StringList']})).toEqual(['/billing/limit']);
  expect(await described({Key: 'Name', Option: 'BeginsWith', Values: ['/bill']})).toEqual(['/billing/limit']);
  expect(await described({Key: 'Path', Option: 'OneLevel', Values: ['/orders']})).toEqual(['/orders/limit']);
  const resource = {ResourceType: 'Parameter', ResourceId: '/orders/limit'};
  await ssm('AddTagsToResource', {...resource, Tags: [{Key: 'stage', Value: 'dev'}]});
  await ssm('RemoveTagsFromResource', {...resource, TagKeys: ['team']});
  expect(await ssm('ListTagsForResource', resource)).toEqual({TagList: [{Key: 'stage', Value: 'dev'}]});
});

test('a role is held to its parameters by their ARN, whichever way the name begins', async () => {
  await put('/orders/limit', '1');
  await put('plain', '1');
  const role = await cloud.role('accept', {
    Effect: 'Allow',
    Action: ['ssm:GetParameter', 'ssm:GetParametersByPath'],
    Resource: [arn('orders/limit'), arn('plain')],
  });
  expect(await get('/orders/limit', {}, role)).toMatchObject({Value: '1'});
  expect(await get('plain', {}, role)).toMatchObject({Value: '1'});
  expect(await refusal(ssm('GetParametersByPath', {Path: '/orders'}, role))).toContain(
    `ssm:GetParametersByPath on resource: ${arn('orders')} because no identity-based policy`,
  );
});

test('a SecureString is ciphertext until it is decrypted', async () => {
  await put('/orders/token', 'secret', {Type: 'SecureString'});
  const sealed = await get('/orders/token');
  expect(sealed).toMatchObject({Type: 'SecureString'});
  expect(Buffer.from(sealed.Value, 'base64').toString('latin1')).not.toContain('secret');
  expect(await get('/orders/token', {WithDecryption: true})).toMatchObject({Value: 'secret'});
  expect(await ssm('DescribeParameters')).toMatchObject({Parameters: [{KeyId: 'alias/aws/ssm'}]});
  const role = await cloud.role('accept', {Effect: 'Allow', Action: 'ssm:GetParameter', Resource: '*'});
  expect(await get('/orders/token', {WithDecryption: true}, role)).toMatchObject({Value: 'secret'});
});

test('under a customer’s key it takes kms:Decrypt, as the caller, through SSM', async () => {
  const {KeyMetadata} = await cloud.call<{KeyMetadata: {KeyId: string; Arn: string}}>('kms', 'CreateKey');
  await put('/orders/token', 'secret', {Type: 'SecureString', KeyId: KeyMetadata.KeyId});
  const read = {Effect: 'Allow', Action: 'ssm:GetParameter', Resource: arn('orders/token')};
  const decrypt = {
    Effect: 'Allow',
    Action: 'kms:Decrypt',
    Resource: KeyMetadata.Arn,
    Condition: {
      StringEquals: {
        'kms:ViaService': 'ssm.us-east-1.amazonaws.com',
        'kms:EncryptionContext:PARAMETER_ARN': arn('orders/token'),
      },
    },
  };
  const may = await cloud.role('accept', read, decrypt);
  const mayNot = await cloud.role('process', read);
  expect(await get('/orders/token', {WithDecryption: true}, may)).toMatchObject({Value: 'secret'});
  expect(await refusal(get('/orders/token', {WithDecryption: true}, mayNot))).toContain(
    `not authorized to perform: kms:Decrypt on resource: ${KeyMetadata.Arn}`,
  );
  await cloud.call('kms', 'DisableKey', {KeyId: KeyMetadata.KeyId});
  expect(await refusal(get('/orders/token', {WithDecryption: true}))).toMatch(/^InvalidKeyId/);
  expect(await refusal(put('/x', 's', {Type: 'SecureString', KeyId: 'alias/none'}))).toMatch(/^InvalidKeyId/);
});
