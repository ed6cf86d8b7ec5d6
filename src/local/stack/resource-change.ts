import {isDeepStrictEqual} from 'node:util';
import {findUnresolved} from '../../cloudformation/intrinsics.ts';
import {referencesOf} from '../../cloudformation/references.ts';
import type {ChangeDetail, ResourceChange, StackResource} from '../services/cloudformation/model.ts';
import type {PlannedResource} from './blueprint.ts';
import {knownLater} from './known-later.ts';

export function addition({declaration: {logicalId, type}}: PlannedResource, properties: object): ResourceChange {
  return {
    action: 'Add',
    logicalId,
    type,
    scope: [],
    details: [],
    after: JSON.stringify({Properties: shown(properties)}),
  };
}

export function removal(resource: StackResource): ResourceChange {
  return {
    action: 'Remove',
    logicalId: resource.logicalId,
    type: resource.type,
    policyAction: resource.deletionPolicy.startsWith('Retain') ? 'Retain' : 'Delete',
    scope: [],
    details: [],
    ...(resource.physicalId === undefined ? {} : {physicalId: resource.physicalId}),
    before: JSON.stringify({Properties: resource.properties}),
  };
}

/** Undefined when nothing would change. */
export function modification(
  planned: PlannedResource,
  existing: StackResource,
  properties: Readonly<Record<string, unknown>>,
): ResourceChange | undefined {
  const details = [
    ...propertyDetails(planned, existing.properties, properties),
    ...attributeDetails(planned, existing),
  ];
  if (details.length === 0 && !existing.status.endsWith('FAILED')) return undefined;
  const {logicalId, type} = planned.declaration;
  const recreation = details.map(({requiresRecreation}) => requiresRecreation);
  const replacement = recreation.includes('Always')
    ? 'True'
    : recreation.includes('Conditionally')
      ? 'Conditional'
      : 'False';
  const retains = planned.declaration.updateReplacePolicy === 'Retain';
  return {
    action: 'Modify',
    logicalId,
    type,
    replacement,
    scope: [...new Set(details.map(({attribute}) => attribute))],
    details,
    ...(replacement === 'False' ? {} : {policyAction: retains ? 'ReplaceAndRetain' : 'ReplaceAndDelete'}),
    ...(existing.physicalId === undefined ? {} : {physicalId: existing.physicalId}),
    before: JSON.stringify({Properties: existing.properties}),
    after: JSON.stringify({Properties: shown(properties)}),
  };
}

/** Names of the properties that differ. */
export function changedProperties(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    name => !isDeepStrictEqual(before[name], after[name]),
  );
}

function propertyDetails(
  {declaration, type}: PlannedResource,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): ChangeDetail[] {
  return changedProperties(before, after).map(name => {
    const dynamic = findUnresolved(after[name]) !== undefined;
    const [reference] = referencesOf(declaration.properties[name]).filter(
      ({name: other}) => !other.startsWith('AWS::'),
    );
    return {
      attribute: name === 'Tags' ? 'Tags' : 'Properties',
      name,
      requiresRecreation: !type.createOnly.includes(name) ? 'Never' : dynamic ? 'Conditionally' : 'Always',
      evaluation: dynamic ? 'Dynamic' : 'Static',
      ...(dynamic && reference !== undefined
        ? {
            changeSource: reference.attribute === undefined ? 'ResourceReference' : 'ResourceAttribute',
            causingEntity:
              reference.attribute === undefined ? reference.name : `${reference.name}.${reference.attribute}`,
          }
        : {changeSource: 'DirectModification'}),
      ...(before[name] === undefined ? {} : {before: text(before[name])}),
      ...(after[name] === undefined ? {} : {after: text(shown(after[name]))}),
    };
  });
}

function attributeDetails({declaration}: PlannedResource, existing: StackResource): ChangeDetail[] {
  const {metadata, deletionPolicy = 'Delete', updateReplacePolicy = 'Delete'} = declaration;
  const compared = [
    ['Metadata', existing.metadata, metadata],
    ['DeletionPolicy', existing.deletionPolicy, deletionPolicy],
    ['UpdateReplacePolicy', existing.updateReplacePolicy, updateReplacePolicy],
  ] as const;
  return compared
    .filter(([, before, after]) => !isDeepStrictEqual(before, after))
    .map(([attribute, before, after]) => ({
      attribute,
      requiresRecreation: 'Never',
      evaluation: 'Static',
      changeSource: 'DirectModification',
      ...(before === undefined ? {} : {before: text(before)}),
      ...(after === undefined ? {} : {after: text(after)}),
    }));
}

function shown(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_key, entry) => (entry?.unresolved === true ? knownLater : entry)));
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
