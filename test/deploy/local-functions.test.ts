import {expect, test} from 'vitest';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {localFunctions} from '../../src/deploy/local-functions.ts';
import {unresolved} from '../../src/model/resolvable.ts';

const template = parseTemplate(
  `Parameters: {Runtime: {Type: String, Default: nodejs22.x}}
Resources:
  Take: {Type: AWS::Lambda::Function, Properties: {Code: ./dist/take, Handler: index.handler, Runtime: !Ref Runtime}}
`,
  'template.yaml',
);

test.each([
  ['its default', {}, 'nodejs22.x'],
  ['what is given', {Runtime: 'nodejs24.x'}, 'nodejs24.x'],
  ['not the default, when nobody knows what is given', {Runtime: unresolved('!Ref Runtime', 'an output')}, undefined],
])('a runtime that is a parameter is %s', (_, parameters, runtime) => {
  expect(localFunctions(template, parameters)[0]!.runtime).toBe(runtime);
});
