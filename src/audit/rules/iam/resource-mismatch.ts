import {actionCanMatch, dataDate, describeAction, expandAction} from '../../../iam/catalogue.ts';
import type {Inventory} from '../../../model/inventory.ts';
import {isUnresolved} from '../../../model/resolvable.ts';
import {type Detection, defineRule} from '../../define-rule.ts';

export default defineRule({
  id: 'iam/resource-mismatch',
  subject: 'statement',
  severity: 'low',
  title: 'A statement allows an action on resources that the action does not know',
  why: 'It grants nothing: the call is denied at run time, and a reader believes that it is allowed.',
  remedy: 'Name a resource of the kind that the action is about, or "*" where it knows none.',
  since: '0.1.0',
  examples: {
    bad: 'Action: s3:GetObject\nResource: arn:aws:s3:::receipts',
    good: 'Action: s3:GetObject\nResource: arn:aws:s3:::receipts/*',
  },
  reference: 'https://docs.aws.amazon.com/service-authorization/latest/reference/',
  *check({effect, actions, resources}, {policy, inventory}) {
    // What SAM writes, its author cannot correct.
    if (policy?.template !== undefined) return;
    // A Deny may well name more than there is. What is not known, wildcard-resource reports.
    if (effect === 'Deny' || resources.length === 0) return;
    const known = resources.filter(resource => typeof resource === 'string');
    // `${Thing.Arn}` of a type whose ARN gear does not know names something of the template.
    if (known.length < resources.length || known.some(resource => !/^(arn:|\*)/.test(resource))) return;
    for (const action of actions) {
      if (isUnresolved(action) || namesStreams.has(action.toLowerCase())) continue;
      const named = /[*?]/.test(action) ? expandAction(action) : [action].filter(one => describeAction(one));
      if (named.length === 0) continue;
      if (named.some(one => known.some(resource => actionCanMatch(one, withoutPlaceholders(resource, inventory)))))
        continue;
      yield detection(action, named[0]!, known);
    }
  },
});

/** DynamoDB's own reference lets it name streams, the service authorization reference does not. */
const namesStreams: ReadonlySet<string> = new Set(['dynamodb:liststreams']);

/** A placeholder may stand for any name, and for the `:` or `/` in it; in the ARN of a bucket it is the bucket's name. */
function withoutPlaceholders(resource: string, {named = []}: Inventory): string {
  const isBucket = resource.startsWith('arn:aws:s3:::') && named.some(({arn}) => arn === resource);
  return resource.replaceAll(/\$\{[^}]*\}/g, isBucket ? 'name' : '*');
}

function detection(action: string, example: string, resources: readonly string[]): Detection {
  const {resourceTypes} = describeAction(example)!;
  const evidence = {action, resource: resources.join(' + ')};
  if (resourceTypes.length === 0)
    return {
      message: `${action} knows no resource (as of ${dataDate()}), so that naming one grants nothing`,
      remedy: `Give ${action} a statement of its own with "*".`,
      evidence,
    };
  const types = [...new Set(resourceTypes.map(({name, arn}) => `${name} (${arn})`))];
  return {
    message: `${action} is about ${types.slice(0, 2).join(' or ')}, and no resource of the statement is one`,
    evidence,
  };
}
