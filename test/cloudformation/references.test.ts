// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a template has placeholders of its own
import {expect, test} from 'vitest';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {referencesOf} from '../../src/cloudformation/references.ts';

const of = (yaml: string) =>
  referencesOf(parseTemplate(`v: ${yaml}`, 't.yaml').body).map(({name, attribute}) =>
    attribute === undefined ? name : `${name}.${attribute}`,
  );

test.each([
  ['!Ref Queue', ['Queue']],
  ['!GetAtt Queue.Arn', ['Queue.Arn']],
  ['!GetAtt [Queue, !Ref Attribute]', ['Queue', 'Attribute']],
  ['!Sub "${Queue.Arn}/${Stage}/${!Not}/${Own}"', ['Queue.Arn', 'Stage', 'Own']],
  ['!Sub ["${Own}-${Stage}", {Own: !Ref Queue}]', ['Stage', 'Queue']],
  ['!If [Condition, !Ref A, [!GetAtt B.Arn]]', ['A', 'B.Arn']],
  ['{Ref: A, other: 1}', []],
  ['[a, {b: !Join ["", [!Ref C]]}]', ['C']],
])('%s refers to %j', (yaml, expected) => {
  expect(of(yaml)).toEqual(expected);
});
