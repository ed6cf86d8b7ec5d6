import {asText} from '../../model/as-text.ts';
import {isObject} from '../../model/is-object.ts';
import {unresolved} from '../../model/resolvable.ts';
import {type Attribute, attributesOf} from './attribute.ts';
import {arnList} from './links.ts';
import type {TerraformResource, TerraformResources} from './resources.ts';

/**
 * The document in an argument that holds JSON. Where that is known after apply, and is the `json` of a data source that
 * will be read then, the statements are known all the same.
 */
export function policyDocument(json: Attribute, resources: TerraformResources): unknown {
  if (!json.isUnknown) return typeof json.value === 'string' ? parsed(json.value) : undefined;
  const {targets, lost} = json.references;
  const [target] = targets;
  if (targets.length !== 1 || lost.length > 0 || target?.resource.type !== 'aws_iam_policy_document')
    return json.reason();
  return writtenDocument(target.resource, resources, 0);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    return unresolved('the policy', `it is no JSON: ${(error as Error).message}`);
  }
}

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document */
function writtenDocument(data: TerraformResource, resources: TerraformResources, depth: number): unknown {
  const attributes = attributesOf(data, resources);
  const included = (name: string) =>
    attributes
      .at(name)
      .items()
      .map(item => includedDocument(item, resources, depth))
      .flatMap((document): readonly unknown[] =>
        isObject(document) && 'Statement' in document ? [document.Statement].flat() : [document],
      );
  const own = attributes.at('statement').items().map(statement);
  const overriding = [...included('override_policy_documents'), ...included('override_json')];
  const replaced = new Set(overriding.flatMap((each): unknown[] => (isObject(each) && each.Sid ? [each.Sid] : [])));
  const base = [...included('source_json'), ...included('source_policy_documents'), ...own];
  return {
    Version: attributes.at('version').value ?? '2012-10-17',
    Statement: [...base.filter(each => !(isObject(each) && replaced.has(each.Sid))), ...overriding],
  };
}

function includedDocument(item: Attribute, resources: TerraformResources, depth: number): unknown {
  const [target] = item.references.targets;
  if (item.isUnknown && target?.resource.type === 'aws_iam_policy_document' && depth < 10)
    return writtenDocument(target.resource, resources, depth + 1);
  return policyDocument(item, resources);
}

function statement(block: Attribute): unknown {
  if (block.isUnknown) return block.reason();
  const list = (name: string) => {
    const {length} = block.at(name).items();
    return length === 0 ? undefined : texts(block.at(name).plain());
  };
  const arns = (name: string) => (block.at(name).items().length === 0 ? undefined : texts(arnList(block.at(name))));
  return defined({
    Sid: block.at('sid').plain(),
    Effect: block.at('effect').plain() ?? 'Allow',
    Principal: principals(block.at('principals')),
    NotPrincipal: principals(block.at('not_principals')),
    Action: list('actions'),
    NotAction: list('not_actions'),
    Resource: arns('resources'),
    NotResource: arns('not_resources'),
    Condition: conditions(block.at('condition')),
  });
}

function principals(blocks: Attribute): unknown {
  const all = blocks.items();
  if (all.length === 0) return undefined;
  const kinds = new Map<string, unknown[]>();
  for (const block of all) {
    const type = asText(block.at('type').value);
    if (type === '*') return '*';
    kinds.set(type, [...(kinds.get(type) ?? []), ...[arnList(block.at('identifiers'))].flat()]);
  }
  return Object.fromEntries(kinds);
}

function conditions(blocks: Attribute): unknown {
  const operators = new Map<string, Record<string, unknown>>();
  for (const block of blocks.items()) {
    const operator = asText(block.at('test').value);
    const keys = operators.get(operator) ?? {};
    keys[asText(block.at('variable').value)] = texts(block.at('values').plain());
    operators.set(operator, keys);
  }
  return operators.size === 0 ? undefined : Object.fromEntries(operators);
}

/** `&{aws:username}` is how IAM's own variables are written in the configuration. */
function texts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(texts);
  return typeof value === 'string' ? value.replaceAll('&{', '${') : value;
}

export function defined(properties: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}
