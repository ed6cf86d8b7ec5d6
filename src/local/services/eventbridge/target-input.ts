import {valueAt} from './json-path.ts';
import type {BusEvent, Target} from './records.ts';

interface RuleFacts {
  readonly ruleArn: string;
  readonly ruleName: string;
  readonly now: number;
}

/** What the target gets of an event. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html */
export function targetInput(target: Target, event: BusEvent, facts: RuleFacts): string {
  if (target.Input !== undefined) return target.Input;
  if (target.InputPath !== undefined) return JSON.stringify(valueAt(target.InputPath, event) ?? {});
  if (target.InputTransformer === undefined) return JSON.stringify(event);
  const {InputPathsMap = {}, InputTemplate} = target.InputTransformer;
  const values = new Map<string, unknown>(
    Object.entries(InputPathsMap).map(([name, path]) => [name, valueAt(path, event)]),
  );
  values.set('aws.events.rule-arn', facts.ruleArn);
  values.set('aws.events.rule-name', facts.ruleName);
  values.set('aws.events.event.ingestion-time', new Date(facts.now).toISOString());
  values.set('aws.events.event', withoutDetail(event));
  values.set('aws.events.event.json', event);
  return fillTemplate(InputTemplate, values);
}

function withoutDetail({detail: _, ...event}: BusEvent): unknown {
  return event;
}

/** A value stands as JSON where the template has none around it, and as bare text inside a string of it. */
function fillTemplate(template: string, values: ReadonlyMap<string, unknown>): string {
  let quoted = false;
  return template.replaceAll(/\\.|"|<([\w.-]+)>/gs, (found, name?: string) => {
    if (found === '"') quoted = !quoted;
    if (name === undefined || !values.has(name)) return found;
    const value = values.get(name);
    if (!quoted) return value === undefined ? '""' : JSON.stringify(value);
    const text = value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
    return JSON.stringify(text).slice(1, -1);
  });
}
