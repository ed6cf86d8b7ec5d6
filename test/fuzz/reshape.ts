// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders are written that way
import type {Random} from './random.ts';

/** The same JSON with something else where its readers expect a text, a list or an object. */
export function reshape(value: unknown, random: Random): unknown {
  let reshaped = value;
  for (let count = 1 + random.below(2); count > 0; count--) {
    const places = placesIn(reshaped);
    reshaped = changed(reshaped, random.pick(places), random);
  }
  return reshaped;
}

type Path = readonly (string | number)[];

function placesIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [path, ...entries.flatMap(([key, member]) => placesIn(member, [...path, key]))];
}

function changed(value: unknown, [key, ...rest]: Path, random: Random): unknown {
  if (key === undefined) return replacement(value, random);
  const gone = rest.length === 0 && random.below(5) === 0;
  const renamed = rest.length === 0 && random.below(8) === 0 ? random.pick(names) : undefined;
  if (Array.isArray(value)) {
    if (gone) return value.toSpliced(key as number, 1);
    return value.with(key as number, changed(value[key as number], rest, random));
  }
  const entries = Object.entries(value as object).filter(([name]) => !gone || name !== key);
  return Object.fromEntries(
    entries.map(([name, each]) => {
      if (name !== key) return [name, each];
      return renamed === undefined ? [name, changed(each, rest, random)] : [renamed, each];
    }),
  );
}

const names = [
  '__proto__',
  'constructor',
  'toString',
  'length',
  '',
  '0',
  '../..',
  'a.b',
  '${a}',
  '\0',
  'x'.repeat(300),
];

function replacement(value: unknown, random: Random): unknown {
  const wrapped = [[value], {Ref: value}, {'Fn::Sub': value}, {a: value}, [value, value], [[value]], {'': value}];
  return random.below(4) === 0 ? random.pick(wrapped) : random.pick(oddities)();
}

const oddities: readonly (() => unknown)[] = [
  null,
  0,
  -1,
  1e308,
  2 ** 63,
  0.5,
  true,
  false,
  '',
  '*',
  ' ',
  'x',
  '\0',
  '\uD800',
  '__proto__',
  'constructor',
  '${',
  '${}',
  '${AWS::',
  '${!Literal}',
  '${__proto__}',
  'arn:aws:',
  'arn:aws:sqs:::',
  '\u202E',
  'a'.repeat(5000),
  'a'.repeat(300),
  '9'.repeat(400),
  'x\0y',
  '.',
  '..',
  '../../..',
  '/',
  '/dev/null',
  '(a+)+$',
  '[',
  '\\',
  '-0',
  '1e999',
  -0,
  1e21,
  '%',
  '%7B%22',
  '{',
  '[]',
  [],
  {},
  [[]],
  [null],
  [{}],
  [0],
  {a: null},
  {'': ''},
  {Ref: null},
  {Ref: 'constructor'},
  {'Fn::GetAtt': null},
  {'Fn::GetAtt': []},
  {'Fn::GetAtt': ['__proto__', 'Arn']},
  {'Fn::GetAtt': [{}, {}]},
  {'Fn::Sub': ['${a}', null]},
  {'Fn::Sub': ['${a}', {a: {}}]},
  {'Fn::Sub': []},
  {'Fn::Sub': 7},
  {'Fn::If': []},
  {'Fn::If': ['toString', 1, {Ref: 'AWS::NoValue'}]},
  {'Fn::Join': null},
  {'Fn::Join': [',', {Ref: 'x'}]},
  {'Fn::Join': [',', [[]]]},
  {'Fn::Select': ['-1', ['a']]},
  {'Fn::Select': [1.5, 'a']},
  {'Fn::Split': ['', 'abc']},
  {'Fn::Split': [0, 0]},
  {'Fn::FindInMap': ['constructor', 'name', 'length']},
  {'Fn::FindInMap': [{}, {}, {}]},
  {'Fn::ImportValue': {}},
  {'Fn::Base64': []},
  {'Fn::Cidr': ['x', -1, 99]},
  {'Fn::Transform': 1},
  {'Fn::ToJsonString': {a: [{}]}},
  {'Fn::Length': 1},
  {'Fn::ForEach::x': []},
  {Condition: 'toString'},
  {toString: 1, valueOf: 1},
  {constructor: null, length: -1},
  {length: 1e9},
]
  .map(value => () => structuredClone(value))
  .concat([() => JSON.parse('{"__proto__": {"a": 1}}'), () => JSON.parse('{"__proto__": null}'), () => nested(200)]);

function nested(depth: number): unknown {
  let value: unknown = 'x';
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : {a: value};
  return value;
}
