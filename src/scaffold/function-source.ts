import type {Template} from '../cloudformation/parse.ts';
import {referencesOf} from '../cloudformation/references.ts';
import {valueAt} from '../cloudformation/value-at.ts';
import {GearError} from '../errors.ts';
import {bucketArn} from './bucket-arn.ts';
import {tellsOfNewObjects} from './bucket-events.ts';
import type {Source} from './function-block.ts';
import {lineOf, type Resource, resourcesOf} from './template-resources.ts';
import type {Trigger} from './triggers.ts';

/** The resource that `--source` names, if the function can be attached to it as it is; GearError says why not. */
export function readSource(template: Template, trigger: Trigger, id: string): Source {
  const refuse = (why: string, suggestions: readonly string[] = []) =>
    new GearError(why, {code: 'SOURCE_UNFIT', suggestions});
  if (trigger.source === undefined)
    throw refuse(`A function with the trigger ${trigger.name} comes with its own source; --source cannot be given`);
  const {type} = trigger.source;
  const resources = resourcesOf(template);
  const resource = resources[id];
  const fitting = Object.keys(resources).filter(name => resources[name]!.Type === type);
  const instead = fitting.map(name => `--source ${name}`);
  if (resource === undefined) throw refuse(`${template.file} has no resource ${id}`, instead);
  const where = `${template.file}:${lineOf(template, ['Resources', id])}: ${id}`;
  if (resource.Type !== type) throw refuse(`${where} is ${resource.Type}, and not ${type}`, instead);
  switch (trigger.name) {
    case 'queue': {
      const consumer = consumerOf(resources, id);
      if (consumer !== undefined)
        throw refuse(`${where} feeds ${consumer} already: two functions would take each other's messages`);
      return {id, ...timeoutFor(resource.Properties?.VisibilityTimeout)};
    }
    case 'stream':
      if (resource.Properties?.StreamSpecification === undefined)
        throw refuse(`${where} has no stream`, ['StreamSpecification: {StreamViewType: NEW_AND_OLD_IMAGES}']);
      return {id};
    case 'bucket': {
      if (tellsOfNewObjects(resources, id))
        throw refuse(`${where} tells another of new objects already, and S3 takes one receiver of each event`);
      const arn = bucketArn(resource.Properties?.BucketName);
      return {id, ...(arn === undefined ? {} : {bucketArn: arn})};
    }
    case 'http':
      return {id, stage: stageOf(resources, id, refuse)};
    default:
      return {id};
  }
}

/** Who polls the queue: by its mapping, or by an event of a SAM function, which becomes one. */
function consumerOf(resources: Readonly<Record<string, Resource>>, id: string): string | undefined {
  const isOurs = (arn: unknown) => referencesOf(arn).some(({name}) => name === id);
  for (const [consumer, {Type, Properties}] of Object.entries(resources)) {
    if (Type === 'AWS::Lambda::EventSourceMapping' && isOurs(Properties?.EventSourceArn))
      return referencesOf(Properties?.FunctionName)[0]?.name ?? consumer;
    if (Type === 'AWS::Serverless::Function' && queuesOf(Properties?.Events).some(isOurs)) return consumer;
  }
  return undefined;
}

function queuesOf(events: unknown): readonly unknown[] {
  return Object.values(events ?? {}).flatMap(event =>
    valueAt(event, ['Type']) === 'SQS' ? [valueAt(event, ['Properties', 'Queue'])] : [],
  );
}

/** Lambda asks for a visibility timeout of six function timeouts; SQS gives 30 seconds to a queue that has none. */
function timeoutFor(visibility: unknown = 30): {timeout?: number} {
  const seconds = typeof visibility === 'object' ? Number.NaN : Number(visibility);
  return seconds < 180 ? {timeout: Math.max(1, Math.floor(seconds / 6))} : {};
}

function stageOf(
  resources: Readonly<Record<string, Resource>>,
  id: string,
  refuse: (why: string) => GearError,
): string {
  const stages = Object.values(resources).filter(
    ({Type, Properties}) =>
      Type === 'AWS::ApiGatewayV2::Stage' && referencesOf(Properties?.ApiId).some(({name}) => name === id),
  );
  const [stage] = stages.map(({Properties}) => Properties?.StageName);
  if (stages.length !== 1 || typeof stage !== 'string' || !/^[\w$-]+$/.test(stage))
    throw refuse(`${id} must have one stage, whose name stands in the template: the function's permission names it`);
  return stage;
}
