import {parse} from 'yaml';
import {isObject} from '../../../model/is-object.ts';
import {notImplemented} from '../../service-error.ts';
import {exception} from './errors.ts';
import type {Revision, ShiftedFunction} from './records.ts';

/** What a revision's AppSpec, JSON or YAML, says: https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file.html */
export function readRevision(revision: Revision): ShiftedFunction {
  const {revisionType} = revision;
  if (revisionType === 'S3' || revisionType === 'GitHub') throw notImplemented(`a revision of type ${revisionType}`);
  const given = revisionType === 'AppSpecContent' ? revision.appSpecContent : revision.string;
  if (given?.content === undefined)
    throw exception('InvalidRevision', `A revision of type ${revisionType} needs its content.`);
  return readAppSpec(given.content);
}

function readAppSpec(content: string): ShiftedFunction {
  const spec = membersOf(parsed(content), 'The AppSpec file', ['version', 'Resources', 'Hooks']);
  if (String(spec.version) !== '0' && spec.version !== '0.0') throw invalid('its version must be 0.0');
  const [resource, second] = listOf(spec.Resources, 'Resources');
  if (resource === undefined) throw invalid('it names no resource');
  if (second !== undefined) throw notImplemented('an AppSpec file with more than one function');
  const [entry] = Object.entries(mapOf(resource, 'Resources'));
  const {Type, Properties} = membersOf(entry?.[1], `Resources.${entry?.[0]}`, ['Type', 'Properties']);
  if (Type !== 'AWS::Lambda::Function') throw notImplemented(`a deployment of ${String(Type)}`);
  const names = ['Name', 'Alias', 'CurrentVersion', 'TargetVersion'];
  const properties = membersOf(Properties, 'Properties', names);
  const [name, alias, currentVersion, targetVersion] = names.map(member => {
    if (properties[member] === undefined) throw invalid(`its function has no ${member}`);
    return String(properties[member]);
  }) as [string, string, string, string];
  const hooks = listOf(spec.Hooks ?? [], 'Hooks').flatMap(hook =>
    Object.entries(membersOf(hook, 'Hooks', ['BeforeAllowTraffic', 'AfterAllowTraffic'])).map(([event, function_]) => [
      event,
      String(function_),
    ]),
  );
  return {name, alias, currentVersion, targetVersion, hooks: Object.fromEntries(hooks)};
}

function parsed(content: string): unknown {
  try {
    return parse(content);
  } catch (error) {
    throw invalid(`it cannot be read: ${(error as Error).message}`);
  }
}

function membersOf(value: unknown, what: string, known: readonly string[]): Readonly<Record<string, unknown>> {
  const members = mapOf(value, what);
  const stranger = Object.keys(members).find(member => !known.includes(member));
  if (stranger !== undefined) throw invalid(`${what} has ${stranger}, which a Lambda deployment does not know`);
  return members;
}

function mapOf(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (!isObject(value)) throw invalid(`${what} must be a map`);
  return value;
}

function listOf(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw invalid(`${what} must be a list`);
  return value;
}

function invalid(problem: string) {
  return exception('InvalidRevision', `The AppSpec file is not valid: ${problem}.`);
}
