import {expect, test} from 'vitest';
import {parameterValues} from '../../src/cloudformation/parameters.ts';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {readSections} from '../../src/cloudformation/sections.ts';

const declared = (declaration: string) =>
  readSections(parseTemplate(`{Parameters: {P: ${declaration}}, Resources: {Q: {Type: AWS::SQS::Queue}}}`, 't.yaml'))
    .parameters;

test('takes what is given, else the default', () => {
  expect(parameterValues(declared('{Type: String, Default: a}'), {})).toEqual({P: 'a'});
  expect(parameterValues(declared('{Type: String, Default: a}'), {P: 'b'})).toEqual({P: 'b'});
  expect(parameterValues(declared('{Type: Number, Default: 5}'), {})).toEqual({P: '5'});
});

test.each([
  ['{Type: String}', {}, 'Parameters: [P] must have values'],
  ['{Type: String, Default: a}', {Q: 'x'}, 'Parameters: [Q] do not exist in the template'],
  ['{Type: String, AllowedValues: [dev, prod]}', {P: 'x'}, "Parameter 'P' must be one of AllowedValues [dev, prod]"],
  ['{Type: String, AllowedPattern: "[a-z]+"}', {P: 'a1'}, "Parameter 'P' must match pattern [a-z]+"],
  [
    '{Type: String, AllowedPattern: "[a-z]+", ConstraintDescription: lower case}',
    {P: 'A'},
    'Parameter P failed to satisfy constraint: lower case',
  ],
  ['{Type: String, MinLength: 3}', {P: 'ab'}, "Parameter 'P' must contain at least 3 characters"],
  ['{Type: String, MaxLength: "3"}', {P: 'abcd'}, "Parameter 'P' must contain at most 3 characters"],
  ['{Type: Number}', {P: 'many'}, "Parameter 'P' must be a number."],
  ['{Type: Number, MinValue: 1}', {P: '0'}, "Parameter 'P' must be a number not less than 1"],
  ['{Type: List<Number>, MaxValue: 9}', {P: '1, 10'}, "Parameter 'P' must be a number not greater than 9"],
])('%s refuses %j', (declaration, given, sentence) => {
  expect(() => parameterValues(declared(declaration), given as Record<string, string>)).toThrow(sentence);
});
