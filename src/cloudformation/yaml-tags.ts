import type {ScalarTag, Tags} from 'yaml';
import {shortNames} from './short-forms.ts';

/**
 * CloudFormation reads YAML 1.1, in which `yes` is true, but without timestamps, binary, merges and ordered maps.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html#template-formats.yaml
 */
export function customTags(standard: Tags): Tags {
  const kept = standard.filter(tag => typeof tag !== 'string' && yamlTypes.has(tag.tag) && !isSexagesimal(tag));
  return [...kept.map(withDigits), ...booleans, ...shortForms];
}

/** The value stays what it is; its reader turns the tag into the long form. */
export const shortForms = [...shortNames].flatMap((tag): ScalarTag[] => [
  {tag, resolve: (value: string) => value},
  {tag, collection: 'map'} as unknown as ScalarTag,
  {tag, collection: 'seq'} as unknown as ScalarTag,
]);

/** Without it `CodeUri: .` would be a number. */
function withDigits(tag: Tags[number]): Tags[number] {
  if (typeof tag === 'string' || tag.tag !== 'tag:yaml.org,2002:float' || !('test' in tag)) return tag;
  if (tag.test === undefined || tag.test.test('.inf')) return tag;
  return {...tag, test: new RegExp(`^(?=[-+]?\\.?[0-9])(?:${tag.test.source})`)};
}

const yamlTypes = new Set(['map', 'seq', 'str', 'null', 'int', 'float'].map(name => `tag:yaml.org,2002:${name}`));

/** Not `y` and `n`: the specification has them, but no reader of templates does, and `AttributeType: N` is text. */
const booleans = [
  [true, /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/],
  [false, /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/],
].map(([value, test]) => ({tag: 'tag:yaml.org,2002:bool', default: true, test, resolve: () => value}) as ScalarTag);

function isSexagesimal(tag: object): boolean {
  return 'format' in tag && tag.format === 'TIME';
}
