import {readFile, stat} from 'node:fs/promises';
import {dirname, isAbsolute, join} from 'node:path';
import type {PlacedTemplate} from '../../cloudformation/placed-template.ts';
import {readTemplate} from '../../cloudformation/read-template.ts';
import {GearError} from '../../errors.ts';
import type {NotChecked} from '../../model/finding.ts';
import {isUnresolved, type Resolvable, type Unresolved, unresolved} from '../../model/resolvable.ts';
import {type Path, record} from './intrinsics.ts';

/**
 * The template with what `AWS::Include` puts into it, as far as the files lie on this machine: these are the ones that
 * `aws cloudformation package` uploads. What stands in such a file keeps its place there.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-include.html
 */
export async function includeFiles(
  template: PlacedTemplate,
  note: (entry: NotChecked) => void,
): Promise<PlacedTemplate> {
  if (!template.text.includes(macro)) return template;
  const inclusion = new Inclusion(template, note);
  const body = record(await inclusion.include(template.body, []));
  const originOf = (path: Path) => inclusion.originOf(path);
  const included = inclusion.files.map(({file, at}) => ({
    ...file,
    body,
    originOf,
    pathsAt: (offset: number) => file.pathsAt(offset).map(path => [...at.map(String), ...path]),
  }));
  return {...template, body, originOf, included};
}

const macro = 'AWS::Include';

const call = 'Fn::Transform';

/** A file, and what its members were put into. */
interface Included {
  readonly file: PlacedTemplate;
  readonly at: Path;
}

class Inclusion {
  readonly #template: PlacedTemplate;
  readonly #note: (entry: NotChecked) => void;
  readonly files: Included[] = [];
  /** By the JSON of the path of what comes from a file. */
  readonly #members = new Map<string, Included>();

  constructor(template: PlacedTemplate, note: (entry: NotChecked) => void) {
    this.#template = template;
    this.#note = note;
  }

  originOf(path: Path) {
    for (let length = path.length; length > 0; length--) {
      const member = this.#members.get(JSON.stringify(path.slice(0, length)));
      if (member !== undefined) return member.file.originOf(path.slice(member.at.length));
    }
    return this.#template.originOf(path);
  }

  async include(value: unknown, path: Path): Promise<unknown> {
    if (typeof value !== 'object' || value === null || isUnresolved(value)) return value;
    if (Array.isArray(value)) {
      const items: unknown[] = [];
      for (const [index, item] of value.entries()) items.push(await this.include(item, [...path, index]));
      return items;
    }
    const members: Record<string, unknown> = {};
    for (const [name, member] of Object.entries(value))
      if (!isInclude(name, member)) members[name] = await this.include(member, [...path, name]);
    const {[call]: asked} = value as Readonly<Record<string, unknown>>;
    return isInclude(call, asked) ? this.#withFile(members, asked, path) : members;
  }

  async #withFile(members: Readonly<Record<string, unknown>>, asked: unknown, path: Path): Promise<unknown> {
    const location = record(record(asked).Parameters).Location;
    const file = await readIncluded(location, this.#template.file);
    if (isUnresolved(file)) return this.#without(members, file, path);
    const included = {file, at: path};
    this.files.push(included);
    // What is nothing but the file stands in it, such as a statement in a list.
    if (Object.keys(members).length === 0) this.#members.set(JSON.stringify(path), included);
    for (const name of Object.keys(file.body)) {
      if (!Object.hasOwn(members, name)) this.#members.set(JSON.stringify([...path, name]), included);
      else this.#notChecked(path, `${file.file} has ${name}, which the template has there too`, [...path, name]);
    }
    return {...this.#withoutIncludes(file, path), ...members};
  }

  /** An included file includes no other: CloudFormation does not run the macro in what the macro brings. */
  #withoutIncludes({file, body}: PlacedTemplate, path: Path) {
    const walk = (value: unknown, at: Path): unknown => {
      if (typeof value !== 'object' || value === null || isUnresolved(value)) return value;
      if (Array.isArray(value)) return value.map((item, index) => walk(item, [...at, index]));
      return Object.fromEntries(
        Object.entries(value).flatMap(([name, member]) => {
          if (!isInclude(name, member)) return [[name, walk(member, [...at, name])]];
          this.#notChecked(at, `CloudFormation runs no ${macro} in an included file, such as ${file}`, [...at, name]);
          return [];
        }),
      );
    };
    return record(walk(body, path));
  }

  /** A single value in the properties of a resource is one that is not known; anything else may hide whole resources. */
  #without(members: Readonly<Record<string, unknown>>, why: Unresolved, path: Path): unknown {
    if (Object.keys(members).length === 0 && path.length > 3) return why;
    this.#notChecked(path, `what ${macro} brings is not read: ${why.reason}`, [...path, call]);
    return members;
  }

  #notChecked(path: Path, reason: string, at: Path): void {
    const resource = path[0] === 'Resources' ? String(path[1] ?? '') : '';
    this.#note({rule: '*', resource, reason, origin: this.originOf(at)});
  }
}

function isInclude(name: string, value: unknown): boolean {
  return name === call && record(value).Name === macro;
}

async function readIncluded(location: unknown, templateFile: string): Promise<Resolvable<PlacedTemplate>> {
  const unknown = (reason: string) => unresolved(macro, reason);
  if (location === undefined) return unknown('it names no Location');
  if (typeof location !== 'string') return unknown('its Location is known when the stack is deployed');
  if (/^(s3|https?):\/\//.test(location)) return unknown(`${location} is not a file on this machine`);
  const file = isAbsolute(location) ? location : join(dirname(templateFile), location);
  const found = await stat(file).catch(() => undefined);
  if (found === undefined || !found.isFile()) return unknown(`there is no ${file}`);
  const text = await readFile(file, 'utf8');
  try {
    const read = await readTemplate(text, file);
    const {shortFormIn} = await import('../../cloudformation/short-form-in.ts');
    const short = shortFormIn(text);
    if (short === undefined) return read;
    return unknown(`${file}:${short.line} says ${short.name}, and ${macro} takes no short forms`);
  } catch (error) {
    if (error instanceof GearError) return unknown(error.message);
    throw error;
  }
}
