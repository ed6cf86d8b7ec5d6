import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {parseTemplate, type Template} from '../cloudformation/parse.ts';
import {removeEntries} from '../cloudformation/remove-entries.ts';
import {readSection} from '../cloudformation/section.ts';
import type {FunctionLanguage} from './function-language.ts';
import {logicalPrefix} from './function-name.ts';
import type {Taken} from './options/take-over.ts';
import {type PermissionRow, permissionRows} from './permission-rows.ts';
import {templatesFolder} from './render-service.ts';
import type {Trigger} from './triggers.ts';

export interface AddedFunction {
  readonly name: string;
  readonly trigger: Trigger;
  readonly language: FunctionLanguage;
  readonly source?: Source | undefined;
}

/** A resource of the template that the function is attached to. */
export interface Source {
  readonly id: string;
  /** The seconds that the function may take where the source leaves it less than usual. */
  readonly timeout?: number;
  /** The stage of an existing API. */
  readonly stage?: string;
  /** Text of a template; absent for a bucket whose name CloudFormation chooses. */
  readonly bucketArn?: string;
}

/** What a function adds to a template: lines that begin in column 0, as `insertEntries` takes them. */
export interface FunctionBlock {
  readonly resources: readonly string[];
  readonly outputs: readonly string[];
  readonly body: BlockBody;
  readonly permissions: readonly PermissionRow[];
}

/** What a function takes over from the template that it joins. */
interface Surroundings {
  /** Names of conditions that the template has. */
  readonly conditions: readonly string[];
  /** The permissions boundary of the template's other functions, as text. */
  readonly boundary?: string | undefined;
  /** What its functions have by the options of their service. */
  readonly taken?: Taken;
}

interface BlockBody {
  readonly Resources: Readonly<Record<string, {readonly Type: string}>>;
  readonly Outputs?: Readonly<Record<string, unknown>>;
}

/**
 * A block is a template by itself, under the name `gear-name`. Rendering takes away what belongs to a source that is
 * there already, and what depends on a condition that the service's template does not have.
 */
export async function renderBlock(
  {name, trigger, language, source}: AddedFunction,
  {conditions, boundary, taken}: Surroundings,
): Promise<FunctionBlock> {
  const file = join(templatesFolder, 'functions', `${trigger.name}.yaml`);
  const written = parseTemplate(await readFile(file, 'utf8'), file);
  const attached = source === undefined ? written : withoutSource(written, trigger);
  const text = attached.text
    .replace(/^( *PermissionsBoundary: ).*$/gm, (line, key) => (boundary === undefined ? line : key + boundary))
    .split('\n')
    .filter(line => conditions.includes(/: !If \[(\w+),/.exec(line)?.[1] ?? '') || !line.includes(': !If ['))
    .join('\n');
  const named = inLanguage(source === undefined ? text : attachedTo(text, trigger, source), language, name)
    .replaceAll('GearName', logicalPrefix(name))
    .replaceAll('gear-name', name);
  const plain = parseTemplate(named, file);
  const block = taken?.give(plain) ?? plain;
  return {
    resources: linesOf(block, 'Resources'),
    outputs: block.body.Outputs === undefined ? [] : linesOf(block, 'Outputs'),
    body: block.body as unknown as BlockBody,
    permissions: [...permissionRows(plain), ...(taken?.rows(plain) ?? [])],
  };
}

function withoutSource(block: Template, {source}: Trigger): Template {
  if (source === undefined) return block;
  const attached = removeEntries(block, 'Resources', [source.id, ...source.with]);
  return source.output === undefined ? attached : removeEntries(attached, 'Outputs', [source.output]);
}

function attachedTo(text: string, trigger: Trigger, {id, timeout, stage, bucketArn}: Source): string {
  return (
    text
      .replace(/^( *)ArnEquals:\n( *aws:SourceArn: )!Sub\n.*:s3:::.*\n.*\n/m, (_, indent, key) =>
        bucketArn === undefined
          ? `${indent}# The bucket has no name before it exists, so the account is what can be named.\n`
          : `${indent}ArnEquals:\n${key}${bucketArn}\n`,
      )
      .replaceAll(new RegExp(`\\b${trigger.source?.id}\\b`, 'g'), id)
      .replace(/^( *)Trigger: .*$/m, `$&\n$1Source: ${id}`)
      .replace(/^( *Timeout: )30$/m, timeout === undefined ? '$&' : `$1${timeout}`)
      // The alarm on its duration, at 95 % of the timeout.
      .replace(/^( *Threshold: )28500$/m, timeout === undefined ? '$&' : `$1${timeout * 950}`)
      .replace('/$default/', () => `/${stage ?? defaultStage}/`)
      .replace(
        '.ApiEndpoint}/',
        () => `.ApiEndpoint}/${stage === undefined || stage === defaultStage ? '' : `${stage}/`}`,
      )
  );
}

/** The blocks are written in TypeScript. */
function inLanguage(text: string, {runtime, entry, handler}: FunctionLanguage, name: string): string {
  return text
    .replace(/^( *Entry: ).*$/m, `$1${entry(name)}`)
    .replace(/^( *Handler: ).*$/m, `$1${handler(name)}`)
    .replace(/^( *Runtime: ).*$/m, `$1${runtime}`);
}

/** The one stage whose name does not stand in a URL. */
const defaultStage = '$default';

function linesOf(block: Template, name: string): readonly string[] {
  const {entries, indent} = readSection(block, name);
  const before = block.rangeOf([name])!.keyStart! + name.length + 1;
  const lines = block.text.slice(before, entries.at(-1)!.end).split('\n').slice(1);
  return lines.map(line => line.slice(indent));
}
