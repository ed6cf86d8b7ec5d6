import {isDeepStrictEqual} from 'node:util';
import {appendLines} from '../../cloudformation/append-lines.ts';
import type {Template} from '../../cloudformation/parse.ts';
import type {PermissionRow} from '../permission-rows.ts';
import {addChapter, describePermissions, editTemplate, readTemplate} from './edit-draft.ts';
import {functionsOf, type ServiceFunction, statementsOf} from './functions-of.ts';
import type {ServiceOption} from './option.ts';

/**
 * Lambda traces by itself; X-Ray's SDKs, which would add what a function calls, are in maintenance since February 2026.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html
 */
export const tracing: ServiceOption = {
  name: 'tracing',
  summary: 'Every function sends its traces to X-Ray',
  apply(service) {
    const functions = functionsOf(readTemplate(service));
    const edited = editTemplate(service, template => traced(template, functions));
    return addChapter(describePermissions(edited, functions.flatMap(rows)), 'Traces', chapter);
  },
  takeOver(_, written) {
    const all = written.every(({Properties}) => isDeepStrictEqual(Properties?.TracingConfig, {Mode: 'Active'}));
    return all ? {give: traced, rows} : undefined;
  },
};

function traced(template: Template, functions: readonly ServiceFunction[]): Template {
  return functions.reduce((edited, {id, role}) => {
    const active = appendLines(edited, ['Resources', id, 'Properties'], ['TracingConfig:', '  Mode: Active']);
    return appendLines(active, statementsOf(role), statement);
  }, template);
}

function rows({name}: ServiceFunction): readonly PermissionRow[] {
  return [{role: name, statement: 'Traces', actions, resource: '*', why: 'Its traces'}];
}

const actions = ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'];

const statement = [
  '# X-Ray has no resource that could be named here.',
  '- Sid: Traces',
  '  Effect: Allow',
  '  Action:',
  ...actions.map(action => `    - ${action}`),
  '  Resource: "*"',
];

const chapter = `
Lambda sends a segment to X-Ray for each invocation that is sampled, with the time that starting the environment and running
the handler took. What the handler calls is not in it: that would take an SDK in each function, and X-Ray's own are only
maintained since February 2026. The trace's id stands in each log line, next to the correlation id.

An HTTP API sends no traces. X-Ray asks for a \`*\`, the one in these roles: it has no resources that a statement could name.
`;
