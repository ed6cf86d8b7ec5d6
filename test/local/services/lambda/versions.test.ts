import {afterEach, beforeEach, expect, it} from 'vitest';
import {openLambdaBench, zip} from './lambda-bench.ts';

let bench: ReturnType<typeof openLambdaBench>;
beforeEach(async () => {
  bench = openLambdaBench();
  await bench.createFunction();
});
afterEach(() => bench.close());

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:orders';
const FunctionName = 'orders';
const changeCode = (text: string) =>
  bench.call('UpdateFunctionCode', {FunctionName, ZipFile: zip({'index.mjs': text})});

it('publishes the same version again until something changes', async () => {
  const first = await bench.call('PublishVersion', {FunctionName, Description: 'first'});
  expect(first).toMatchObject({Version: '1', FunctionArn: `${arn}:1`, Description: 'first'});
  expect(await bench.call('PublishVersion', {FunctionName})).toEqual(first);
  await changeCode('two');
  expect(await bench.call('PublishVersion', {FunctionName})).toMatchObject({Version: '2'});
  const {Versions} = await bench.call<{Versions: {FunctionArn: string}[]}>('ListVersionsByFunction', {FunctionName});
  expect(Versions.map(({FunctionArn}) => FunctionArn)).toEqual([`${arn}:$LATEST`, `${arn}:1`, `${arn}:2`]);
});

it('does not use the number of a deleted version again', async () => {
  await bench.call('PublishVersion', {FunctionName});
  await bench.call('DeleteFunction', {FunctionName, Qualifier: '1'});
  expect(await bench.call('PublishVersion', {FunctionName})).toMatchObject({Version: '2'});
});

it('publishes only the code that is meant', async () => {
  await expect(bench.call('PublishVersion', {FunctionName, CodeSha256: 'other'})).rejects.toMatchObject({
    message: expect.stringMatching(/^CodeSHA256 \(other\) is different from current CodeSHA256/),
  });
});

it('runs the version that an alias points to', async () => {
  await bench.call('PublishVersion', {FunctionName});
  await changeCode('two');
  const alias = await bench.call('CreateAlias', {FunctionName, Name: 'live', FunctionVersion: '1'});
  expect(alias).toEqual({
    AliasArn: `${arn}:live`,
    Name: 'live',
    FunctionVersion: '1',
    Description: '',
    RevisionId: expect.any(String),
  });
  expect(await bench.call('Invoke', {FunctionName, Qualifier: 'live'})).toMatchObject({ExecutedVersion: '1'});
  expect(bench.invocations[0]).toMatchObject({invokedFunctionArn: `${arn}:live`, configuration: {Version: '1'}});
  await bench.call('PublishVersion', {FunctionName});
  await bench.call('UpdateAlias', {FunctionName, Name: 'live', FunctionVersion: '2'});
  expect(await bench.call('Invoke', {FunctionName: `${arn}:live`})).toMatchObject({ExecutedVersion: '2'});
});

it('shares the invocations of an alias as its weights say', async () => {
  await bench.call('PublishVersion', {FunctionName});
  await changeCode('two');
  await bench.call('PublishVersion', {FunctionName});
  const RoutingConfig = {AdditionalVersionWeights: {2: 0.25}};
  expect(
    await bench.call('CreateAlias', {FunctionName, Name: 'live', FunctionVersion: '1', RoutingConfig}),
  ).toMatchObject({
    RoutingConfig,
  });
  const counts = {1: 0, 2: 0};
  for (let index = 0; index < 100; index++) {
    bench.world.chance = () => index / 100;
    counts[bench.lambda.target({name: 'orders', qualifier: 'live'}).configuration.Version as unknown as 1 | 2]++;
  }
  expect(counts).toEqual({1: 75, 2: 25});
  await bench.call('UpdateAlias', {FunctionName, Name: 'live', RoutingConfig: {AdditionalVersionWeights: {}}});
  expect(await bench.call('GetAlias', {FunctionName, Name: 'live'})).not.toHaveProperty('RoutingConfig');
});

const wrongAliases: [string, object, string][] = [
  ['to a version that is not there', {FunctionVersion: '9'}, `Function not found: ${arn}:9`],
  ['with a number for a name', {Name: '12'}, 'failed to satisfy constraint'],
  [
    'with weights beside $LATEST',
    {FunctionVersion: '$LATEST', RoutingConfig: {AdditionalVersionWeights: {1: 0.5}}},
    '$LATEST is not supported for an alias pointing to more than 1 version',
  ],
  ['with a weight above one', {RoutingConfig: {AdditionalVersionWeights: {2: 1.5}}}, 'Invalid weight 1.5'],
];
it.each(wrongAliases)('refuses an alias %s', async (_, input, message) => {
  await bench.call('PublishVersion', {FunctionName});
  await changeCode('two');
  await bench.call('PublishVersion', {FunctionName});
  await expect(
    bench.call('CreateAlias', {FunctionName, Name: 'live', FunctionVersion: '1', ...input}),
  ).rejects.toMatchObject({message: expect.stringContaining(message)});
});

it('keeps a version as long as an alias points to it', async () => {
  await bench.call('PublishVersion', {FunctionName});
  await bench.call('CreateAlias', {FunctionName, Name: 'live', FunctionVersion: '1'});
  await expect(bench.call('DeleteFunction', {FunctionName, Qualifier: '1'})).rejects.toMatchObject({
    code: 'ResourceConflictException',
  });
  await bench.call('DeleteAlias', {FunctionName, Name: 'live'});
  await bench.call('DeleteFunction', {FunctionName, Qualifier: '1'});
  expect(bench.lambda.versionsOf('orders')).toEqual([]);
});
