import {ServiceError} from '../../service-error.ts';
import {boolean, integer, list, required, string, structure} from '../../shape.ts';
import type {LifecycleRule} from './bucket.ts';
import {invalidArgument, malformedXml} from './errors.ts';

const tag = structure({Key: required(string), Value: required(string)});
const criteria = {Prefix: string, ObjectSizeGreaterThan: integer, ObjectSizeLessThan: integer};

/** What expires here; transitions and fixed dates are no members, and so refused by their names. */
export const lifecycleRule = structure({
  ID: string,
  Status: required(string),
  Prefix: string,
  Filter: structure({...criteria, Tag: tag, And: structure({...criteria, Tag: list(tag)})}),
  Expiration: structure({Days: integer, ExpiredObjectDeleteMarker: boolean}),
  NoncurrentVersionExpiration: structure({NoncurrentDays: required(integer), NewerNoncurrentVersions: integer}),
  AbortIncompleteMultipartUpload: structure({DaysAfterInitiation: required(integer)}),
});

/** Checks the rules as S3 does; the id of a rule is its own or its place. */
export function checkedRules(rules: readonly LifecycleRule[]): LifecycleRule[] {
  if (rules.length === 0) throw malformedXml();
  const ids = new Set<string>();
  return rules.map((rule, index) => {
    if (rule.Status !== 'Enabled' && rule.Status !== 'Disabled') throw malformedXml();
    const days = [
      rule.Expiration?.Days,
      rule.NoncurrentVersionExpiration?.NoncurrentDays,
      rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation,
    ].filter(value => value !== undefined);
    if (days.some(value => value < 1)) throw invalidArgument("'Days' for Expiration action must be a positive integer");
    if (days.length === 0 && !rule.Expiration?.ExpiredObjectDeleteMarker)
      throw new ServiceError('InvalidRequest', 'At least one action needs to be specified in a rule');
    const ID = rule.ID ?? `rule-${index + 1}`;
    if (ids.has(ID)) throw invalidArgument('Rule ID must be unique. Found same ID for more than one rule', 'ID', ID);
    ids.add(ID);
    return {...rule, ID};
  });
}
