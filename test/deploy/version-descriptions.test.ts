import {expect, test} from 'vitest';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import type {PlannedChange} from '../../src/deploy/change-set.ts';
import {describeVersions, ownVersions, reviseDescriptions} from '../../src/deploy/version-descriptions.ts';

const template = parseTemplate(
  `
Resources:
  Save: {Type: AWS::Lambda::Function, Properties: {}}
  SaveVersion: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref Save, Description: gear}}
  NamedVersion: {Type: AWS::Lambda::Version, Properties: {FunctionName: !GetAtt Save.Arn, Description: geared for Christmas}}
  SilentVersion: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref Save}}
  ForeignVersion: {Type: AWS::Lambda::Version, Properties: {FunctionName: bills, Description: gear}}
`,
  'template.yaml',
);

test('a version is gear’s when its description begins with the word, and its function is in the template', () => {
  expect(ownVersions(template).map(({logicalId}) => logicalId)).toEqual(['SaveVersion']);
});

test.each([
  ['a first one gets the hash', {}, 'gear aa'],
  ['another hash is another description', {SaveVersion: 'gear bb 2'}, 'gear aa'],
  ['the same hash keeps the one that is deployed', {SaveVersion: 'gear aa 3'}, 'gear aa 3'],
])('%s', (_, deployed, description) => {
  expect(describeVersions(template, deployed, () => 'aa')).toEqual({SaveVersion: description});
});

const change = (logicalId: string, more: Partial<PlannedChange> = {}): PlannedChange => ({
  action: 'Modify',
  logicalId,
  resourceType: 'AWS::Lambda::Function',
  replacement: 'False',
  properties: [],
  ...more,
});
const property = (name: string, cause?: string) => ({name, dynamic: cause !== undefined, cause});
const save = (...properties: PlannedChange['properties']) => change('Save', {properties});
const version = change('SaveVersion', {replacement: 'True'});

test.each<[string, readonly PlannedChange[], string | undefined]>([
  ['nothing changes', [], undefined],
  ['function and version change', [save(property('Code')), version], undefined],
  ['both are new', [change('Save', {action: 'Add'}), change('SaveVersion', {action: 'Add'})], undefined],
  ['the function is replaced', [change('Save', {replacement: 'True'}), version], undefined],
  [
    'a table it refers to is replaced',
    [save(property('Environment', 'Table')), change('Table', {replacement: 'True'})],
    'gear aa 2',
  ],
  ['a secret parameter has another value', [save(property('Environment'))], 'gear aa 2'],
  ['a role it refers to is modified', [save(property('Role', 'Role')), change('Role')], undefined],
  ['only what no version holds changes', [save(property('ReservedConcurrentExecutions'))], undefined],
  ['a version would be published of what is the same', [version], 'gear 0'],
  ['a version would be published for tags', [save(property('Tags')), version], 'gear 0'],
])('%s', (_, changes, description) => {
  const proposed = {SaveVersion: 'gear aa'};
  expect(reviseDescriptions(template, {SaveVersion: 'gear 0'}, proposed, changes)).toEqual(
    description === undefined ? undefined : {SaveVersion: description},
  );
});
