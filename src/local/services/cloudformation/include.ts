import {parseTemplate} from '../../../cloudformation/parse.ts';
import {shortFormIn} from '../../../cloudformation/short-form-in.ts';
import {GearError} from '../../../errors.ts';
import {isObject} from '../../../model/is-object.ts';
import type {RequestContext} from '../../operation.ts';
import {ServiceError} from '../../service-error.ts';
import {embeddedMacros, type MacroCall, macroCalls, macroKey} from './macro-calls.ts';
import {readObject} from './template-url.ts';

/**
 * A template with what AWS::Include puts into it, as JSON; undefined where it calls no macro. The files are read as the
 * caller. Embedded ones come first and the innermost of them before the others, then those of the Transform section.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-include.html
 */
export async function processTemplate(text: string, context: RequestContext): Promise<string | undefined> {
  const body = bodyOf(text);
  if (body === undefined || (embeddedMacros(body).length === 0 && topLevel(body).includes.length === 0))
    return undefined;
  if (embeddedMacros(body.Parameters).length > 0) throw invalid('AWS::Include cannot stand in the Parameters section');
  const {Transform: _, ...rest} = (await expanded(body, context)) as Body;
  const {includes, others} = topLevel(body);
  let processed: Body = others.length === 0 ? rest : {...rest, Transform: others};
  for (const call of includes) processed = withSections(processed, await snippetOf(call, context));
  return JSON.stringify(processed);
}

type Body = Readonly<Record<string, unknown>>;

/** Undefined for a text that nobody can read as a template, which is told by who checks it. */
function bodyOf(text: string): Body | undefined {
  // Most templates call no macro.
  if (!text.includes('Transform')) return undefined;
  try {
    return parseTemplate(text, 'template').body;
  } catch (error) {
    if (error instanceof GearError) return undefined;
    throw error;
  }
}

/** The Transform section: names of other macros are left to who checks templates. */
function topLevel({Transform}: Body) {
  const all = Transform === undefined ? [] : [Transform].flat();
  const isInclude = (call: unknown) => call === 'AWS::Include' || (isObject(call) && call.Name === 'AWS::Include');
  return {includes: all.filter(isInclude).flatMap(macroCalls), others: all.filter(call => !isInclude(call))};
}

async function expanded(value: unknown, context: RequestContext): Promise<unknown> {
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const item of value) items.push(await expanded(item, context));
    return items;
  }
  if (!isObject(value)) return value;
  let members: Body = {};
  for (const [name, member] of Object.entries(value))
    if (name !== macroKey) members = {...members, [name]: await expanded(member, context)};
  for (const call of macroCalls(value[macroKey])) members = together(members, await snippetOf(call, context), '');
  return members;
}

async function snippetOf({name, parameters}: MacroCall, context: RequestContext): Promise<Body> {
  if (name !== 'AWS::Include') throw invalid(`gear local does not run the macro ${name}, only AWS::Include`);
  const stranger = Object.keys(parameters).find(key => key !== 'Location');
  if (stranger !== undefined) throw invalid(`AWS::Include has no parameter ${stranger}`);
  const {Location} = parameters;
  if (typeof Location === 'object' && Location !== null)
    throw invalid(`gear local takes the Location of AWS::Include as text only, not ${JSON.stringify(Location)}`);
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(String(Location)) ?? [];
  if (Bucket === undefined || Key === undefined)
    throw failed(`The location parameter is not a valid S3 uri: ${String(Location)}.`);
  try {
    return readSnippet(await readObject({Bucket, Key}, context), String(Location));
  } catch (error) {
    throw error instanceof ServiceError && error.code !== 'ValidationError' ? failed(error.message) : error;
  }
}

function readSnippet(text: string, location: string): Body {
  const unreadable = (why: string) =>
    failed(`The specified S3 object's content should be valid Yaml/JSON. (${location}: ${why})`);
  const short = shortFormIn(text);
  if (short !== undefined) throw unreadable(`line ${short.line} says ${short.name}, and short forms are not supported`);
  try {
    const {body} = parseTemplate(text, location);
    if (embeddedMacros(body).length > 0) throw unreadable('it calls a macro itself, which is not supported');
    return body;
  } catch (error) {
    if (error instanceof GearError) throw unreadable('it has to be a mapping, in YAML or JSON');
    throw error;
  }
}

/** A section that stands in both has the members of both. */
function withSections(template: Body, snippet: Body): Body {
  let merged = template;
  for (const [name, section] of Object.entries(snippet)) {
    const own = merged[name];
    merged =
      isObject(own) && isObject(section)
        ? {...merged, [name]: together(own, section, `${name}.`)}
        : together(merged, {[name]: section}, '');
  }
  return merged;
}

/** Which of two members of one name CloudFormation takes is not documented. */
function together(members: Body, snippet: Body, path: string): Body {
  const twice = Object.keys(snippet).find(name => Object.hasOwn(members, name));
  if (twice !== undefined)
    throw invalid(
      `AWS::Include brings ${path}${twice}, which the template has there too: gear local refuses to choose`,
    );
  return {...members, ...snippet};
}

function failed(why: string): ServiceError {
  return invalid(`Transform AWS::Include failed with: ${why}`);
}

function invalid(message: string): ServiceError {
  return new ServiceError('ValidationError', message);
}
