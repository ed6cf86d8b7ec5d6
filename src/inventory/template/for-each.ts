import type {PlacedTemplate} from '../../cloudformation/placed-template.ts';
import {asText} from '../../model/as-text.ts';
import type {NotChecked} from '../../model/finding.ts';
import {isUnresolved, type Unresolved} from '../../model/resolvable.ts';
import {type Environment, type Path, record, settle} from './intrinsics.ts';

/**
 * The template with its loops carried out, each copy at the place of the loop's body. A loop over what is not known
 * stays what it is, and is not checked.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
 */
export function expandLoops(environment: Environment, note: (entry: NotChecked) => void): PlacedTemplate {
  const {template} = environment;
  if (!hasLoops(template) || !usesLanguageExtensions(template)) return template;
  const expansion = new Expansion(environment, note);
  const sections = Object.entries(template.body).map(([name, section]): [string, unknown] => [
    name,
    looping.has(name) ? expansion.expand(section, {path: [name], source: [name], bound: {}}) : section,
  ]);
  // Paths that `pathsAt` gave, which may name several copies at once.
  const patterns = new Map<string, Path>();
  return {
    ...template,
    body: Object.fromEntries(sections),
    originOf: path => template.originOf(patterns.get(JSON.stringify(path)) ?? expansion.sourceOf(path)),
    pathsAt: offset =>
      template.pathsAt(offset).map(source => {
        const path = withoutLoops(source);
        patterns.set(JSON.stringify(path), source);
        return path;
      }),
  };
}

const loop = 'Fn::ForEach::';

const looping = new Set(['Conditions', 'Resources', 'Outputs']);

function hasLoops({text, included = []}: PlacedTemplate): boolean {
  return [text, ...included.map(file => file.text)].some(each => each.includes(loop));
}

function usesLanguageExtensions({body}: PlacedTemplate): boolean {
  return [body.Transform].flat().includes('AWS::LanguageExtensions');
}

/** What an ignore is about: every copy, by a pattern that names them all. */
function withoutLoops(path: readonly string[]): readonly string[] {
  const at = path.findIndex(part => part.startsWith(loop));
  if (at < 0 || path.length < at + 3) return path;
  const pattern = path[at + 2]!.replaceAll(/[$&]\{\w+\}/g, '*');
  return withoutLoops([...path.slice(0, at), pattern, ...path.slice(at + 3)]);
}

interface Standing {
  /** Where the value stands once loops are carried out. */
  readonly path: Path;
  /** Where it is written. */
  readonly source: Path;
  /** By the names of loops around it. */
  readonly bound: Readonly<Record<string, string>>;
}

class Expansion {
  readonly #environment: Environment;
  readonly #note: (entry: NotChecked) => void;
  /** By the JSON of the path of a member whose name is not what is written. */
  readonly #sources = new Map<string, Path>();

  constructor(environment: Environment, note: (entry: NotChecked) => void) {
    this.#environment = environment;
    this.#note = note;
  }

  sourceOf(path: Path): Path {
    for (let length = path.length; length > 0; length--) {
      const source = this.#sources.get(JSON.stringify(path.slice(0, length)));
      if (source !== undefined) return [...source, ...path.slice(length)];
    }
    return path;
  }

  expand(value: unknown, {path, source, bound}: Standing): unknown {
    if (typeof value === 'string') return substituted(value, bound);
    if (typeof value !== 'object' || value === null || isUnresolved(value)) return value;
    if (Array.isArray(value))
      return value.map((item, index) => this.expand(item, {path: [...path, index], source: [...source, index], bound}));
    const entries = Object.entries(value);
    const [name, operand] = entries[0] ?? [];
    if (entries.length === 1 && name === 'Ref' && typeof operand === 'string' && Object.hasOwn(bound, operand))
      return bound[operand];
    return Object.fromEntries(
      entries.flatMap(([key, entry]) =>
        key.startsWith(loop)
          ? this.#copies(key, entry, {path, source: [...source, key], bound})
          : [this.#member(key, entry, {path, source: [...source, key], bound})],
      ),
    );
  }

  #copies(name: string, written: unknown, {path, source, bound}: Standing): readonly (readonly [string, unknown])[] {
    const [identifier, over, body] = Array.isArray(written) ? written : [];
    const values = this.#collection(over, source, bound);
    if (typeof identifier !== 'string' || isUnresolved(values) || typeof body !== 'object') {
      const because = isUnresolved(values) ? `: ${values.reason}` : '';
      this.#note({
        rule: '*',
        resource: name,
        reason: `gear does not expand Fn::ForEach over what it does not know${because}`,
        origin: this.#environment.template.originOf(source),
      });
      return [];
    }
    return values.flatMap(value => {
      const inner = {...bound, [identifier]: value};
      return Object.entries(record(body)).flatMap(([key, entry]) =>
        key.startsWith(loop)
          ? this.#copies(key, entry, {path, source: [...source, 2, key], bound: inner})
          : [this.#member(key, entry, {path, source: [...source, 2, key], bound: inner})],
      );
    });
  }

  #member(key: string, value: unknown, {path, source, bound}: Standing): readonly [string, unknown] {
    const name = substituted(key, bound);
    const at = [...path, name];
    // Inside a member that is not where it is written, everything else is, up to the next such member.
    if (JSON.stringify(this.sourceOf(at)) !== JSON.stringify(source)) this.#sources.set(JSON.stringify(at), source);
    return [name, this.expand(value, {path: at, source, bound})];
  }

  #collection(over: unknown, source: Path, bound: Standing['bound']): readonly string[] | Unresolved {
    const list = this.expand(over, {path: source, source, bound});
    const settled = settle(list, source, this.#environment);
    const items = settled.kind === 'value' && Array.isArray(settled.raw) ? settled.raw : [];
    const texts: string[] = [];
    for (const item of items) {
      const each = settle(item, source, this.#environment);
      // A parameter may hold a list of its own.
      if (each.kind === 'value') texts.push(...[each.raw].flat().map(asText));
      if (each.kind === 'unknown') return each.unresolved;
    }
    if (settled.kind === 'unknown') return settled.unresolved;
    return texts;
  }
}

/** `&{Name}` leaves out what a logical ID cannot have. */
function substituted(text: string, bound: Readonly<Record<string, string>>): string {
  if (!text.includes('{')) return text;
  return text.replaceAll(/([$&])\{(\w+)\}/g, (whole, sign: string, name: string) => {
    if (!Object.hasOwn(bound, name)) return whole;
    return sign === '&' ? bound[name]!.replaceAll(/[^A-Za-z0-9]/g, '') : bound[name]!;
  });
}
