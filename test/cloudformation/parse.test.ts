import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {GearError} from '../../src/errors.ts';

const short = `Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Sub \${Stage}-inbox
      RedrivePolicy: !If
        - HasDead
        - deadLetterTargetArn: !GetAtt Dead.Arn
          maxReceiveCount: 5
        - !Ref AWS::NoValue
      Tags: [{Key: a, Value: !Join ["-", [!Ref Stage, b]]}]
`;
const long = {
  Resources: {
    Queue: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName: {'Fn::Sub': `\${Stage}-inbox`},
        RedrivePolicy: {
          'Fn::If': [
            'HasDead',
            {deadLetterTargetArn: {'Fn::GetAtt': ['Dead', 'Arn']}, maxReceiveCount: 5},
            {Ref: 'AWS::NoValue'},
          ],
        },
        Tags: [{Key: 'a', Value: {'Fn::Join': ['-', [{Ref: 'Stage'}, 'b']]}}],
      },
    },
  },
};

test('short form, long form and JSON are the same', () => {
  expect(parseTemplate(short, 't.yaml').body).toEqual(long);
  expect(parseTemplate(JSON.stringify(long), 't.json').body).toEqual(long);
  expect(parseTemplate('{"a": {"Fn::GetAtt": "Dead.Arn"}}', 't.json').body).toEqual({
    a: {'Fn::GetAtt': ['Dead', 'Arn']},
  });
});

const properties = ['Resources', 'Queue', 'Properties'];
test.each([
  [[...properties, 'QueueName'], 5, 7, 'QueueName'],
  [[...properties, 'RedrivePolicy', 'Fn::If', 1, 'deadLetterTargetArn'], 8, 11, 'deadLetterTargetArn'],
  [[...properties, 'RedrivePolicy', 'Fn::If', 1, 'deadLetterTargetArn', 'Fn::GetAtt'], 8, 32, '!GetAtt'],
  [[...properties, 'RedrivePolicy', 'Fn::If', 2, 'Ref'], 10, 11, '!Ref'],
  [[...properties, 'Tags', 0, 'Value', 'Fn::Join', 1, 0], 11, 43, '!Ref Stage'],
  [[...properties, 'Nothing', 'below'], 4, 5, 'Properties'],
])('knows where %j stands', (path, line, column, text) => {
  expect(parseTemplate(short, 't.yaml').originOf(path)).toEqual({file: 't.yaml', line, column});
  expect(short.split('\n')[line - 1]!.slice(column - 1)).toMatch(new RegExp(`^${text.replaceAll(/[[\]!]/g, '\\$&')}`));
});

test('positions hold in JSON too', () => {
  const text = '{\n  "Resources": {\n    "Queue": {"Type": "AWS::SQS::Queue"}\n  }\n}';
  expect(parseTemplate(text, 't.json').originOf(['Resources', 'Queue', 'Type'])).toEqual({
    file: 't.json',
    line: 3,
    column: 15,
  });
});

test.each([
  ['a: 1\na: 2', 't.yaml:2: cannot be read as a template: the key a stands here a second time'],
  ['a:\n\t- b', 't.yaml:2: cannot be read as a template: tabs cannot indent YAML, only spaces can'],
  ['a: "x\nb: 1', 'a quoted text that begins further up has no closing quote'],
  [
    'a: {b: !Sub /{c}}',
    'something follows a value that has ended; a text with a brace, a bracket or a colon in it takes quotes',
  ],
  ['a: 1\n---\nb: 1', 't.yaml:2: cannot be read as a template: there is more than one document in it'],
  ['a: &x 1\nb: *x', 't.yaml:2: cannot be read as a template: CloudFormation has no anchors and aliases'],
  ['? [x]\n: 1', 't.yaml:1: cannot be read as a template: a key is not plain text'],
  ['a: !!binary xx', 't.yaml:1: cannot be read as a template: CloudFormation has no values of type'],
  ['- a', 'it is not a mapping with a Resources section'],
  ['', 'it is not a mapping with a Resources section'],
  ['['.repeat(50_000), 'it is nested too deeply'],
  [`a: 1\nb: ${'['.repeat(300)}${']'.repeat(300)}`, 't.yaml:2: cannot be read as a template: it is nested too deeply'],
])('says in one sentence what is wrong with %j', (text, sentence) => {
  expect(() => parseTemplate(text, 't.yaml')).toThrow(GearError);
  expect(() => parseTemplate(text, 't.yaml')).toThrow(sentence);
});

test('takes the last of several keys where it is asked to, and says where the others stand', () => {
  const text = 'a:\n  b: {x: 1}\n  c: 0\n  b: {y: 2}\n';
  const {body, duplicateKeys, originOf} = parseTemplate(text, 't.yaml', {duplicateKeys: 'last'});
  expect(body).toEqual({a: {b: {y: 2}, c: 0}});
  expect(duplicateKeys).toEqual([
    {
      path: ['a', 'b'],
      ignored: [{file: 't.yaml', line: 2, column: 3}],
      taken: {file: 't.yaml', line: 4, column: 3},
    },
  ]);
  expect(originOf(['a', 'b', 'x'])).toMatchObject({line: 4});
});

test('reads brackets that close further left than their key, as CloudFormation does, with every place right', () => {
  const text = 'a:\n  b:\n    c: [{\n      x: 1,\n    y: 2\n  }]\n  d: 3\n';
  const {body, originOf} = parseTemplate(text, 't.yaml');
  expect(body).toEqual({a: {b: {c: [{x: 1, y: 2}]}, d: 3}});
  expect(originOf(['a', 'b', 'c', 0, 'y'])).toMatchObject({line: 5, column: 5});
  expect(originOf(['a', 'd'])).toMatchObject({line: 7, column: 3});
  expect(() => parseTemplate('a:\n  b: [{ # why\n}]\n', 't.yaml')).toThrow(GearError);
});

test('reads scalars as CloudFormation does', () => {
  expect(
    parseTemplate('a: yes\nb: 2012-10-17\nc: 1:30\nd: 1_000\ne: ~\nf: "no"\ng: N\nh: Off\nOn: x', 't.yaml').body,
  ).toEqual({
    a: true,
    b: '2012-10-17',
    c: '1:30',
    d: 1000,
    e: null,
    f: 'no',
    g: 'N',
    h: false,
    On: 'x',
  });
});

test('never throws anything but its own error, whatever the text', () => {
  const pieces = fc.array(
    fc.constantFrom(
      ...'[]{}:,-?&*!|>\'"%@`#\n\t ',
      'a',
      '1',
      '!Ref',
      '!GetAtt',
      '!If',
      '__proto__',
      '<<: ',
      '- ',
      '\n  ',
      ': ',
    ),
    {maxLength: 60},
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        pieces.map(list => list.join('')),
      ),
      text => {
        try {
          parseTemplate(text, 't.yaml');
        } catch (error) {
          expect(error).toBeInstanceOf(GearError);
        }
      },
    ),
    {numRuns: 2000},
  );
});

describe('for who only reads', () => {
  const read = (text: string) => parseTemplate(text, 't.yaml', {aliases: 'followed'});

  test('an alias is what it stands for, at the place where that is written', () => {
    const template = read('a: &x {b: !Ref C}\nd: [*x]\n');
    expect(template.body).toEqual({a: {b: {Ref: 'C'}}, d: [{b: {Ref: 'C'}}]});
    expect(template.originOf(['d', 0, 'b'])).toEqual({file: 't.yaml', line: 1, column: 8});
  });

  test.each([
    ['of one mapping', '{<<: *x, c: 2}', {a: 1, b: 1, c: 2}],
    ['that its own keys go before', '{a: 2, <<: *x}', {a: 2, b: 1}],
    ['of several, of which the first goes before', '{<<: [*y, *x]}', {a: 3, b: 1}],
    ['of a merge', '{<<: *z}', {a: 1, b: 1, z: 1}],
    ['that is quoted is a key', '{"<<": 1}', {'<<': 1}],
  ])('a merge %s', (_, value, expected) => {
    const {body} = read(`x: &x {a: 1, b: 1}\ny: &y {a: 3}\nz: &z {<<: *x, z: 1}\nr: ${value}\n`);
    expect(body.r).toEqual(expected);
  });

  const nine = (name: string) => `[${Array.from({length: 9}, () => `*${name}`).join()}]`;
  const tower = ['b', 'c', 'd', 'e', 'f', 'g'].map((name, index) => `${name}: &${name} ${nine('abcdefg'[index]!)}`);
  test.each([
    ['aliases of aliases', `a: &a ${nine('a').replaceAll('*a', 'x')}\n${tower.join('\n')}`],
    ['merges of merges', `a: &a {x: 1}\n${tower.join('\n').replaceAll(/\[.*\]/g, list => `{<<: ${list}}`)}`],
    ['an alias of itself', 'a: &a {b: *a}'],
    ['a merge of itself', 'a: &a {<<: *a}'],
  ])('%s end in a sentence', (_, text) => {
    expect(() => read(text)).toThrow(/grows beyond all reason|nested too deeply/);
  });

  test.each([
    ['a: *x', 'it refers to an anchor that is not there'],
    ['a: {<<: 1}', 'what << brings is not a mapping'],
  ])('%s is refused', (text, sentence) => {
    expect(() => read(text)).toThrow(sentence);
  });
});
