// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a template has placeholders of its own
import {expect, test} from 'vitest';
import {templateEnvironment} from '../../src/cloudformation/environment.ts';
import {resolve} from '../../src/cloudformation/intrinsics.ts';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {readSections} from '../../src/cloudformation/sections.ts';
import {unresolved} from '../../src/model/resolvable.ts';

const sections = readSections(
  parseTemplate(
    `
Parameters:
  Stage: {Type: String, Default: dev}
  Zones: {Type: CommaDelimitedList, Default: "a, b"}
Mappings:
  Sizes: {dev: {memory: 128}, prod: {memory: 1024}}
Conditions:
  IsDev: !Equals [!Ref Stage, dev]
  IsProd: !Not [!Condition IsDev]
  Both: !And [!Condition IsDev, !Condition IsProd]
  Either: !Or [!Condition IsProd, !Condition IsDev]
  Loop: !Not [!Condition Loop]
Resources:
  Queue: {Type: AWS::SQS::Queue}
  Later: {Type: AWS::SQS::Queue}
`,
    't.yaml',
  ),
);
const later = unresolved('Later', 'it does not exist yet');
const environment = templateEnvironment({
  sections,
  parameters: {Stage: 'dev', Zones: 'a, b'},
  pseudo: {accountId: '000000000000', region: 'us-east-1', stackName: 'orders', stackId: 'arn:stack'},
  ref: name => (name === 'Later' ? later : `${name}-id`),
  getAtt: (name, attribute) => (name === 'Later' ? later : attribute === 'Arn' ? `arn:${name}` : undefined),
  importValue: name => (name === 'shared-arn' ? 'arn:shared' : undefined),
});
const value = (yaml: string) => resolve(parseTemplate(`v: ${yaml}`, 't.yaml').body, environment) as {v: unknown};

test.each([
  ['!Ref Stage', 'dev'],
  ['!Ref Zones', ['a', 'b']],
  ['!Ref Queue', 'Queue-id'],
  ['!GetAtt Queue.Arn', 'arn:Queue'],
  ['!Ref AWS::Region', 'us-east-1'],
  ['!Sub "${AWS::Partition}/${Stage}/${Queue.Arn}/${!Literal}/$x"', 'aws/dev/arn:Queue/${Literal}/$x'],
  ['!Sub ["${A}-${Stage}", {A: !GetAtt Queue.Arn}]', 'arn:Queue-dev'],
  ['!Join ["-", [a, 1, true, !Ref Stage]]', 'a-1-true-dev'],
  ['!Join ["", !Ref Zones]', 'ab'],
  ['!Split [",", "a,b"]', ['a', 'b']],
  ['!Select [1, [a, b]]', 'b'],
  ['!Select ["0", !Split ["-", x-y]]', 'x'],
  ['!If [IsDev, 1, 2]', 1],
  ['!If [IsProd, 1, {a: !Ref Stage}]', {a: 'dev'}],
  ['[!If [IsProd, 1, !Ref AWS::NoValue], 2]', [2]],
  ['{a: !Ref AWS::NoValue, b: 1}', {b: 1}],
  ['!FindInMap [Sizes, !Ref Stage, memory]', 128],
  ['!Base64 abc', 'YWJj'],
  ['!ImportValue shared-arn', 'arn:shared'],
  ['!GetAZs ""', ['us-east-1a', 'us-east-1b', 'us-east-1c']],
  ['{Fn::Length: !Ref Zones}', 2],
  ['{Fn::ToJsonString: {a: !Ref Stage}}', '{"a":"dev"}'],
  ['!Equals [1, "1"]', true],
  ['{Condition: {Bool: {x: "y"}}}', {Condition: {Bool: {x: 'y'}}}],
  ['!Sub "${Later}-x"', later],
  ['!Join ["-", [a, !GetAtt Later.Arn]]', later],
  ['{a: !Ref Later}', {a: later}],
])('%s', (yaml, expected) => {
  expect(value(yaml).v).toEqual(expected);
});

test.each([
  ['IsDev', true],
  ['IsProd', false],
  ['Both', false],
  ['Either', true],
])('condition %s is %s', (name, expected) => {
  expect(environment.condition(name)).toBe(expected);
});

test.each([
  ['!Ref Nothing', 'Unresolved resource dependencies [Nothing]'],
  ['!GetAtt Nothing.Arn', 'Unresolved resource dependencies [Nothing]'],
  ['!Select [2, [a, b]]', 'Fn::Select cannot select nonexistent value at index 2'],
  ['!FindInMap [Sizes, test, memory]', 'Unable to get mapping for Sizes::test::memory'],
  ['!FindInMap [Sizes, __proto__, memory]', 'Unable to get mapping for Sizes::__proto__::memory'],
  ['!ImportValue other', 'No export named other found.'],
  ['!Join ["-", a]', 'Fn::Join requires a list'],
  ['!Join ["-"]', 'every Fn::Join object requires a list of 2 values'],
  ['!If [Missing, 1, 2]', 'Unresolved condition dependency Missing'],
  ['!If [Loop, 1, 2]', 'condition Loop depends on itself'],
  ['!Cidr [10.0.0.0/16, 2, 8]', 'gear does not carry out Fn::Cidr'],
  ['!Transform {Name: AWS::Include}', 'gear does not carry out Fn::Transform'],
])('%s is refused', (yaml, sentence) => {
  expect(() => value(yaml)).toThrow(sentence);
});

test('a loop is refused by its name', () => {
  const loop = 'Fn::ForEach::Queues: [Name, [A], {"${Name}": {Type: AWS::SQS::Queue}}]';
  const read = (text: string) => () => readSections(parseTemplate(text, 't.yaml'));
  expect(read(`{Transform: AWS::LanguageExtensions, Resources: {${loop}}}`)).toThrow(
    'Template error: gear does not carry out Fn::ForEach (Resources.Fn::ForEach::Queues)',
  );
  expect(read(`{Resources: {${loop}}}`)).toThrow('Resources name Fn::ForEach::Queues is non alphanumeric');
});
