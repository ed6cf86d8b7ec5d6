import {document, integer, list, map, required, string, structure} from '../../shape.ts';
import {tagList} from '../../tag-list.ts';
import {ignoringAbsence} from '../failure.ts';
import {policyText} from '../policy-text.ts';
import {requireAbsent} from '../require-absent.ts';
import {defineResource, type ResourceContext} from '../resource-type.ts';
import {tagChanges} from '../tags.ts';

const target = structure({
  Arn: required(string),
  DeadLetterConfig: structure({Arn: string}),
  Id: required(string),
  Input: string,
  InputPath: string,
  InputTransformer: structure({InputPathsMap: map(string), InputTemplate: required(string)}),
  RetryPolicy: structure({MaximumEventAgeInSeconds: integer, MaximumRetryAttempts: integer}),
  RoleArn: string,
  SqsParameters: structure({MessageGroupId: required(string)}),
});

export const eventsRule = defineResource({
  type: 'AWS::Events::Rule',
  properties: structure({
    Description: string,
    EventBusName: string,
    EventPattern: document,
    Name: string,
    ScheduleExpression: string,
    State: string,
    Tags: tagList,
    Targets: list(target),
  }),
  createOnly: ['EventBusName', 'Name'],
  nameProperty: 'Name',
  attributes: ['Arn'],
  async create(rule, context) {
    const Name = rule.Name ?? context.name({longest: 64});
    const bus = busOf(rule);
    if (rule.Name !== undefined)
      await requireAbsent('AWS::Events::Rule', Name, context.call('events', 'DescribeRule', {Name, ...bus}));
    const Arn = await putRule(Name, rule, context);
    context.created(idOf(Name, rule));
    await putTargets(Name, rule, context);
    return {id: idOf(Name, rule), ref: idOf(Name, rule), attributes: {Arn}};
  },
  async update({id, properties: before, attributes}, {Tags, ...after}, context) {
    const Name = nameOf(id);
    await putRule(Name, after, context);
    const gone = (before.Targets ?? []).filter(({Id}) => !after.Targets?.some(one => one.Id === Id));
    if (gone.length > 0)
      await context.call('events', 'RemoveTargets', {Rule: Name, ...busOf(after), Ids: gone.map(({Id}) => Id)});
    await putTargets(Name, after, context);
    const {set, removed} = tagChanges(before.Tags, Tags);
    const ResourceARN = attributes.Arn;
    if (set.length > 0) await context.call('events', 'TagResource', {ResourceARN, Tags: set});
    if (removed.length > 0) await context.call('events', 'UntagResource', {ResourceARN, TagKeys: removed});
    return {id, ref: id, attributes};
  },
  async delete({id, properties}, context) {
    const Name = nameOf(id);
    const Ids = (properties.Targets ?? []).map(({Id}) => Id);
    if (Ids.length > 0)
      await ignoringAbsence(context.call('events', 'RemoveTargets', {Rule: Name, ...busOf(properties), Ids}));
    await context.call('events', 'DeleteRule', {Name, ...busOf(properties)});
  },
});

interface RuleProperties {
  readonly Description?: string | undefined;
  readonly EventBusName?: string | undefined;
  readonly EventPattern?: unknown;
  readonly ScheduleExpression?: string | undefined;
  readonly State?: string | undefined;
  readonly Tags?: readonly {readonly Key: string; readonly Value: string}[] | undefined;
  readonly Targets?: readonly {readonly Id: string}[] | undefined;
}

async function putRule(Name: string, rule: RuleProperties, context: ResourceContext): Promise<string> {
  const {Targets: _, EventPattern, ...rest} = rule;
  const pattern = EventPattern === undefined ? {} : {EventPattern: policyText(EventPattern)};
  const {RuleArn} = await context.call<{RuleArn: string}>('events', 'PutRule', {...rest, ...pattern, Name});
  return RuleArn;
}

async function putTargets(Rule: string, rule: RuleProperties, context: ResourceContext): Promise<void> {
  if (rule.Targets !== undefined && rule.Targets.length > 0)
    await context.call('events', 'PutTargets', {Rule, ...busOf(rule), Targets: rule.Targets});
}

function busOf({EventBusName}: RuleProperties): {EventBusName?: string} {
  return EventBusName === undefined ? {} : {EventBusName};
}

/** A rule of another bus than the default one has the bus in its ID. */
function idOf(name: string, {EventBusName = 'default'}: RuleProperties): string {
  const bus = EventBusName.slice(EventBusName.lastIndexOf('/') + 1);
  return bus === 'default' ? name : `${bus}|${name}`;
}

function nameOf(id: string): string {
  return id.slice(id.indexOf('|') + 1);
}
