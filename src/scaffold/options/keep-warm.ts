import {posix} from 'node:path';
import {appendLines} from '../../cloudformation/append-lines.ts';
import {parseTemplate, type Template} from '../../cloudformation/parse.ts';
import {valueAt} from '../../cloudformation/value-at.ts';
import {resourcesOf} from '../template-resources.ts';
import {addChapter, addFiles, describePermissions, editTemplate, readTemplate} from './edit-draft.ts';
import {functionsOf, type ServiceFunction} from './functions-of.ts';
import {heading} from './heading.ts';
import {keepWarmChapter} from './keep-warm-chapter.ts';
import type {ServiceDraft, ServiceOption} from './option.ts';
import {serviceRole} from './service-role.ts';
import {warmFiles} from './warm-files.ts';

/** The handlers stay as they are: a file in front of each answers the pings. */
export const keepWarm: ServiceOption = {
  name: 'keep-warm',
  summary: 'A schedule pings functions that callers wait for',
  apply(service) {
    const pinged = pingedFunctions(readTemplate(service));
    const scheduled = editTemplate(service, template =>
      appendLines(
        pinged.reduce((edited, fn) => withWrapper(edited, fn, service), template),
        ['Resources'],
        ['', heading('the pings'), ...pinged.flatMap(pingLines)],
      ),
    );
    const described = describePermissions(
      scheduled,
      pinged.map(({name, target}) => ({
        role: policyName(name),
        statement: 'Ping',
        actions: ['lambda:InvokeFunction'],
        resource: target.id,
        why: `Its schedule keeps an environment of ${name}`,
      })),
    );
    const wrapped = addFiles(
      described,
      pinged.flatMap(({name, entry}) => warmFiles(service.language, name, entry)),
    );
    return addChapter(wrapped, 'Kept warm', keepWarmChapter(pinged.map(({name}) => name)));
  },
  takeOver: template =>
    Object.values(resourcesOf(template)).some(({Properties}) => valueAt(Properties, ['Target', 'Input']) === ping)
      ? 'Schedules keep functions of this service warm; there is none for this one.'
      : undefined,
};

interface PingedFunction extends ServiceFunction {
  /** `src/functions/api/handler.ts`. */
  readonly entry: string;
  /** What callers use: the function, or its alias where it has one, whose environments are other ones. */
  readonly target: {readonly id: string; readonly arn: string};
}

/** Those that an API calls; where there is none, all. */
function pingedFunctions(template: Template): readonly PingedFunction[] {
  const resources = Object.entries(resourcesOf(template));
  const called = resources
    .filter(([, {Type}]) => Type === 'AWS::ApiGatewayV2::Integration')
    .map(([, {Properties}]) => JSON.stringify(Properties));
  const functions = functionsOf(template).map((fn): PingedFunction => {
    const alias = resources.find(
      ([, {Type, Properties}]) => Type === 'AWS::Lambda::Alias' && JSON.stringify(Properties).includes(`"${fn.id}"`),
    )?.[0];
    const target = alias === undefined ? {id: fn.id, arn: `!GetAtt ${fn.id}.Arn`} : {id: alias, arn: `!Ref ${alias}`};
    return {...fn, entry: String(valueAt(template.body, entryOf(fn))), target};
  });
  const waitedFor = functions.filter(({target}) => called.some(properties => properties.includes(`"${target.id}"`)));
  return waitedFor.length > 0 ? waitedFor : functions;
}

function entryOf({id}: ServiceFunction): readonly string[] {
  return ['Resources', id, 'Metadata', 'Gear', 'Entry'];
}

function withWrapper(template: Template, fn: PingedFunction, {language}: ServiceDraft): Template {
  const {dir, ext} = posix.parse(fn.entry);
  const moved = withText(template, entryOf(fn), `${dir}/warm${ext}`);
  // A bundle is called index whatever it is made of; a Python handler is named by its module.
  if (language !== 'python') return moved;
  const path = ['Resources', fn.id, 'Properties', 'Handler'];
  const handler = String(valueAt(template.body, path));
  return withText(moved, path, handler.replace(/\w+\.(\w+)$/, 'warm.$1'));
}

/** Another plain text in the place of one; the services' own tests read it without quotes. */
function withText({text, file, ...template}: Template, path: readonly string[], value: string): Template {
  const {start} = template.rangeOf(path)!;
  const before = String(valueAt(template.body, path));
  return parseTemplate(text.slice(0, start) + value + text.slice(start + before.length), file);
}

const ping = '{"gear": "keep-warm"}';

function policyName(name: string): string {
  return `warm${name[0]!.toUpperCase()}${name.slice(1)}`;
}

function pingLines({id, name, target}: PingedFunction): readonly string[] {
  const base = id.replace(/Function$/, '');
  return `
${serviceRole({
  id: `${base}WarmRole`,
  service: 'scheduler.amazonaws.com',
  policy: policyName(name),
  statements: `
- Sid: Ping
  Effect: Allow
  Action:
    - lambda:InvokeFunction
  Resource: ${target.arn}`,
})}

${base}WarmSchedule:
  Type: AWS::Scheduler::Schedule
  Properties:
    Description: Keeps an environment of ${name}
    # Lambda takes an idle environment away after five minutes at the earliest, as far as is known.
    ScheduleExpression: rate(5 minutes)
    FlexibleTimeWindow:
      Mode: "OFF"
    Target:
      Arn: ${target.arn}
      RoleArn: !GetAtt ${base}WarmRole.Arn
      Input: '${ping}'
      # The next ping is as good as another try.
      RetryPolicy:
        MaximumEventAgeInSeconds: 60
        MaximumRetryAttempts: 0`.split('\n');
}
