import {entry} from '../../model/entry.ts';
import {unresolved} from '../../model/resolvable.ts';
import {type Attribute, shown} from './attribute.ts';
import type {Target} from './references.ts';
import type {TerraformResource, TerraformResources} from './resources.ts';
import {typeNames} from './type-names.ts';

/**
 * Ties a value to the resource that it names, as the reference that a template would have there: by what is known of it
 * (a name, an ARN, a URL), and otherwise by what the configuration refers to.
 */
export function linkTo(
  value: Attribute,
  types: readonly string[],
  resources: TerraformResources,
  near: TerraformResource,
) {
  if (!value.isUnknown) {
    const {value: text} = value;
    const named = typeof text === 'string' ? resourceNamed(text, types, resources, near) : undefined;
    return named === undefined ? text : arnReference({resource: named});
  }
  const {targets} = value.references;
  const fitting = targets.filter(({resource}) => types.includes(resource.type));
  return fitting.length === 1 ? arnReference(fitting[0]!) : ambiguous(value, fitting);
}

function ambiguous(value: Attribute, candidates: readonly Target[]) {
  if (candidates.length < 2) return value.reason();
  const names = candidates.map(({resource}) => resource.address);
  return unresolved(value.reason().text, `it is known after apply, and may be ${names.join(' or ')}`);
}

/** Names are those of one region; where several resources have one, the nearer is meant. */
function resourceNamed(
  text: string,
  types: readonly string[],
  resources: TerraformResources,
  near: TerraformResource,
): TerraformResource | undefined {
  const found = (resources.byText.get(text) ?? []).filter(({type}) => types.includes(type));
  const provider = near.config?.provider_config_key;
  return (
    found.find(({module, config}) => module === near.module && config?.provider_config_key === provider) ??
    found.find(({config}) => config?.provider_config_key === provider) ??
    found[0]
  );
}

/** The ARN of a resource, as a template refers to it; of a type that templates have no name for, a placeholder. */
export function arnReference({resource, attribute}: Target): unknown {
  const {address, type} = resource;
  if (entry(typeNames, type) === undefined) return `\${${address}.${attribute ?? 'arn'}}`;
  if (type === 'aws_lambda_alias') return {Ref: address};
  return {'Fn::GetAtt': [address, type === 'aws_dynamodb_table' && attribute === 'stream_arn' ? 'StreamArn' : 'Arn']};
}

/**
 * A list of ARNs in a policy. What is not known in it is, or begins with, the ARN of a resource when the configuration
 * names nothing but ARNs there: `"${aws_s3_bucket.receipts.arn}/*"` has the same references as the ARN alone, so that
 * both are taken to be there, what may follow as a placeholder.
 */
export function arnList(list: Attribute): readonly unknown[] | unknown {
  const items = list.items();
  const known = items.filter(item => !item.isUnknown).map(item => item.value);
  const open = items.length - known.length;
  if (open === 0) return list.value === undefined ? undefined : known;
  const {targets, lost} = list.references;
  const arns = targets.filter(({resource, attribute}) => isUnknownAt(resource, attribute));
  if (arns.length === 0 || arns.some(({attribute}) => attribute === undefined || !/(^|_)arn$/.test(attribute)))
    return [...known, list.reason()];
  const named = arns.flatMap(target => [arnReference(target), ...insideOf(target)]);
  // A local may stand for one more.
  const hidden = lost.length > 0 && (list.isUnknown || open > arns.length);
  return [...known, ...named, ...(hidden ? [list.reason()] : [])];
}

function isUnknownAt({unknown}: TerraformResource, attribute: string | undefined): boolean {
  if (attribute === undefined || unknown === true) return true;
  return typeof unknown === 'object' && unknown !== null && (unknown as Record<string, unknown>)[attribute] === true;
}

/** A text that is not known, as the placeholders of what it is made of. */
export function nameText(value: Attribute): unknown {
  if (!value.isUnknown) return value.value;
  const {targets} = value.references;
  if (targets.length === 0) return value.reason();
  return targets
    .map(target => (entry(typeNames, target.resource.type) ? `\${${target.resource.address}}` : `\${${shown(target)}}`))
    .join('');
}

/** What there may be in a resource that has an ARN of its own; a queue has nothing. */
function insideOf(target: Target): readonly unknown[] {
  return whole.has(target.resource.type) || target.attribute !== 'arn'
    ? []
    : [{'Fn::Join': ['', [arnReference(target), laterText]]}];
}

const whole = new Set(['aws_kms_key', 'aws_secretsmanager_secret', 'aws_sns_topic', 'aws_sqs_queue', 'aws_iam_role']);

const laterText = `\${known after apply}`;
