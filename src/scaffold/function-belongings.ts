import type {Template} from '../cloudformation/parse.ts';
import {referencesOf} from '../cloudformation/references.ts';
import {type Resource, resourcesOf} from './template-resources.ts';

/**
 * The logical IDs of what exists for one function alone: what gear wrote with it, its role and its log group unless
 * somebody else uses them, and everything that is attached to these.
 */
export function functionBelongings(template: Template, id: string, written: readonly string[]): ReadonlySet<string> {
  const resources = resourcesOf(template);
  const {Role, LoggingConfig} = resources[id]?.Properties ?? {};
  const own = referencesOf([Role, LoggingConfig])
    .map(({name}) => name)
    .filter(name => name in resources && !written.includes(name));
  let belongings = attachedTo(new Set([id, ...written, ...own]), resources);
  const shared = own.filter(name => referrersOf(template, new Set([name]), belongings).length > 0);
  if (shared.length > 0)
    belongings = attachedTo(new Set([id, ...written, ...own.filter(name => !shared.includes(name))]), resources);
  return belongings;
}

export interface Referrer {
  /** Where it stands in the template: its section and its name. */
  readonly section: string;
  readonly name: string;
  readonly refersTo: string;
  readonly path: readonly (string | number)[];
}

/** Who refers to one of some resources, `aside` from those that go with them. */
export function referrersOf(
  template: Template,
  ids: ReadonlySet<string>,
  aside: ReadonlySet<string>,
): readonly Referrer[] {
  return ['Resources', 'Outputs'].flatMap(section =>
    Object.entries((template.body[section] ?? {}) as Record<string, unknown>)
      .filter(([name]) => section !== 'Resources' || !aside.has(name))
      .flatMap(([name, entry]) =>
        [...referencesOf(entry, [section, name]), ...dependencies(entry, [section, name])]
          .filter(reference => ids.has(reference.name))
          .map(({name: refersTo, path}) => ({section, name, refersTo, path})),
      ),
  );
}

function dependencies(entry: unknown, path: readonly (string | number)[]) {
  const {DependsOn = []} = (entry ?? {}) as Partial<Resource>;
  return [DependsOn].flat().map(name => ({name, path: [...path, 'DependsOn']}));
}

/** The property by which a resource of a type is attached to what it serves. */
const attachments: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApiGatewayV2::Integration': ['IntegrationUri'],
  'AWS::ApiGatewayV2::Route': ['Target'],
  'AWS::CloudWatch::Alarm': ['Dimensions', 'Metrics'],
  'AWS::Lambda::Alias': ['FunctionName'],
  'AWS::Lambda::EventInvokeConfig': ['FunctionName'],
  'AWS::Lambda::EventSourceMapping': ['FunctionName'],
  'AWS::Lambda::Permission': ['FunctionName'],
  'AWS::Lambda::Url': ['TargetFunctionArn'],
  'AWS::Lambda::Version': ['FunctionName'],
  'AWS::Logs::MetricFilter': ['LogGroupName'],
  'AWS::Logs::SubscriptionFilter': ['LogGroupName'],
  'AWS::SNS::Subscription': ['Endpoint'],
};

/** With what is attached to the members and to nothing else, and what is attached to that. */
function attachedTo(members: ReadonlySet<string>, resources: Readonly<Record<string, Resource>>): ReadonlySet<string> {
  const found = Object.entries(resources).filter(([id, {Type, Properties = {}}]) => {
    if (members.has(id)) return false;
    const targets = referencesOf((attachments[Type] ?? []).map(property => Properties[property]))
      .map(({name}) => name)
      .filter(name => name in resources);
    return targets.length > 0 && targets.every(name => members.has(name));
  });
  return found.length === 0 ? members : attachedTo(new Set([...members, ...found.map(([id]) => id)]), resources);
}
