// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of the Serverless Framework are written that way
import type {Random} from './random.ts';

/** A text as an editor, a merge or a bad cable may leave it. */
export function mutateText(text: string, random: Random): string {
  let mutated = text;
  for (let count = 1 + random.below(3); count > 0; count--) mutated = random.pick(mutations)(mutated, random);
  return mutated;
}

type Mutation = (text: string, random: Random) => string;

const mutations: readonly Mutation[] = [
  (text, random) => text.slice(0, random.below(text.length + 1)),
  (text, random) => text.slice(random.below(text.length + 1)),
  (text, random) => {
    const at = random.below(text.length + 1);
    return `${text.slice(0, at)}${String.fromCharCode(random.below(128))}${text.slice(at + 1)}`;
  },
  (text, random) => {
    const at = random.below(text.length + 1);
    return text.slice(0, at) + random.pick(fragments) + text.slice(at + random.below(4));
  },
  lines((all, at) => all.toSpliced(at, 1)),
  lines((all, at) => all.toSpliced(at, 0, all[at]!)),
  lines((all, at, random) => all.toSpliced(at, 1, all[random.below(all.length)]!)),
  lines((all, at) => all.with(at, `  ${all[at]}`)),
  lines((all, at) => all.with(at, all[at]!.replace(/^ {1,2}/, ''))),
  lines((all, at) => all.with(at, all[at]!.replace(/^ +/, '\t'))),
  lines((all, at, random) => all.with(at, all[at]!.replace(/:.*$/, `: ${random.pick(values)}`))),
  lines((all, at, random) => all.with(at, all[at]!.replace(/[\w-]+(?=:)/, random.pick(keys)))),
  text => text.replaceAll('\n', '\r\n'),
  text => `\uFEFF${text}`,
  (text, random) => text + random.pick(endings),
];

function lines(change: (all: string[], at: number, random: Random) => readonly string[]): Mutation {
  return (text, random) => {
    const all = text.split('\n');
    return change(all, random.below(all.length), random).join('\n');
  };
}

const keys = ['__proto__', 'constructor', 'toString', 'length', 'Fn::If', 'Fn::Sub', 'Ref', '""', '<<', '? [a]', '12'];

const values = [
  '',
  'null',
  '~',
  '[]',
  '{}',
  '-1',
  '0',
  '1e400',
  '99999999999999999999999',
  '0x1F',
  '.nan',
  '.inf',
  '12:30:45',
  '2026-11-22',
  '"\\ud800"',
  '"\\u0000"',
  '"../../.."',
  '[[[]]]',
  '{a: {b: [c]}}',
  '!Ref __proto__',
  '!GetAtt constructor.toString',
  '!Sub ${',
  '!Sub "${A.B.C.${D}}"',
  '!If [a]',
  '!Select [99, []]',
  '!Join [",", !Split [",", !Ref "AWS::NoValue"]]',
  '!FindInMap [a, b, c]',
  '!!binary aGVsbG8=',
  '!!set {a, b}',
  '*anchor',
  '&anchor [*anchor]',
  '${self:custom.${self:custom}}',
  '${file(./serverless.yml)}',
  '${file(/etc):a}',
  '${env:toString}',
  '${ssm:${opt:a, b}}',
  '|+9',
];

const fragments = [
  '\0',
  '\t',
  '\r',
  '\uD800',
  '\uDC00',
  '\uFFFF',
  '\u2028',
  ':',
  '- ',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  '${',
  '!',
  '&a ',
  '*a',
  '#',
  '%',
  ',',
  '\\',
  '__proto__',
  'constructor',
  '\\u0000',
  '../../..',
  '/dev/null',
  '(((',
  '[^',
  '{9999999999}',
  '*'.repeat(50),
  '9'.repeat(400),
  'é'.repeat(300),
  '<<: ',
  '# gear-ignore',
  '# gear-ignore iam/wildcard-resource until 9999-99-99: ',
];

const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]']
  .concat([...'bcdefghijk'].map((name, index) => `${name}: &${name} [${`*${'abcdefghij'[index]}, `.repeat(9)}]`))
  .join('\n');

const endings = [
  `\n${bomb}\n`,
  `\nDeep: ${'['.repeat(3000)}${']'.repeat(3000)}\n`,
  `\nDeep: ${'{a: '.repeat(1500)}1${'}'.repeat(1500)}\n`,
  `\nDeep: ${'!Sub '.repeat(500)}x\n`,
  '\n---\nResources: {}\n',
  '\n...\n',
  '\nResources: {}\n',
  `\nLong: ${'x'.repeat(100_000)}\n`,
];
