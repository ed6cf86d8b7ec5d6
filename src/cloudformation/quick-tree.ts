import {
  COLLECTION_STYLE,
  EVENT_ID,
  type Event,
  getScalarValue,
  type MappingEvent,
  SCALAR_STYLE,
  type ScalarEvent,
  type SequenceEvent,
} from 'js-yaml';
import {looseEvents} from './loose-events.ts';
import type {Place} from './places.ts';
import {plainScalar} from './plain-scalar.ts';
import {longForm, longName, shortNames} from './short-forms.ts';

interface Tree {
  readonly value: unknown;
  readonly place: Place;
}

/** Keys of which only the last one counts, by where each stands. */
interface Duplicate {
  readonly path: readonly string[];
  readonly offsets: readonly number[];
}

/**
 * A template as values and places, read in a seventh of the time that it takes with error recovery. Undefined for
 * every text in which something is wrong, or rare: the thorough reader says what it is, and what it means.
 */
export function quickTree(text: string): (Tree & {readonly duplicates: readonly Duplicate[]}) | undefined {
  if (rare.test(text)) return undefined;
  try {
    const events = looseEvents(text);
    const [document, root] = events;
    if (document?.type !== EVENT_ID.DOCUMENT || document.directives.length > 0) return undefined;
    if (root?.type !== EVENT_ID.MAPPING) return undefined;
    const reading = new Reading(text, events);
    const tree = reading.tree(root, undefined);
    return reading.ended() ? {...tree, duplicates: reading.duplicates} : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Tabs in front, explicit keys, ends and indented starts of documents, line breaks that are not everybody's, and a
 * byte order mark, which takes part in no offset.
 */
const rare = /^ *\t|^[ -]*\?\s|[[{,]\s*\?\s|^\.\.\.|^[ \t]+---|\r(?!\n)|[\u0085\u2028\u2029\ufeff]/m;

class Reading {
  readonly #text: string;
  readonly #events: readonly Event[];
  readonly #path: string[] = [];
  /** In the order of the text, the outer before the inner. */
  readonly duplicates: Duplicate[] = [];
  /** Behind the document and its root. */
  #next = 2;
  /** Behind what was read last; what comes begins there or later. */
  #cursor = 0;

  constructor(text: string, events: readonly Event[]) {
    this.#text = text;
    this.#events = events;
  }

  /** Nothing but the end of the one document is left. */
  ended(): boolean {
    return this.#next === this.#events.length - 1 && this.#events[this.#next]!.type === EVENT_ID.POP;
  }

  tree(event: Event, keyStart: number | undefined): Tree {
    if (event.type !== EVENT_ID.SCALAR && event.type !== EVENT_ID.MAPPING && event.type !== EVENT_ID.SEQUENCE)
      throw new NotQuick();
    if (event.anchorStart >= 0) throw new NotQuick();
    if (event.tagStart < 0) return this.#untagged(event, keyStart, false);
    const tag = this.#text.slice(event.tagStart, event.tagEnd);
    if (!shortNames.has(tag)) throw new NotQuick();
    this.#cursor = event.tagEnd;
    const {tagStart} = event;
    const name = longName(tag);
    this.#path.push(name);
    const {value, place} = this.#untagged(event, tagStart, true);
    this.#path.pop();
    return {
      value: longForm(name, value),
      place: {start: tagStart, end: place.end, keyStart, members: new Map([[name, place]])},
    };
  }

  #untagged(event: ScalarEvent | MappingEvent | SequenceEvent, keyStart: number | undefined, tagged: boolean): Tree {
    if (event.type === EVENT_ID.SCALAR) return this.#scalar(event, keyStart, tagged);
    return event.type === EVENT_ID.MAPPING ? this.#mapping(event, keyStart) : this.#sequence(event, keyStart);
  }

  #scalar(event: ScalarEvent, keyStart: number | undefined, tagged: boolean): Tree {
    const {style, valueStart, valueEnd} = event;
    if (valueStart < 0) {
      // Only behind the colon of a key it is plain where nothing stands.
      if (tagged || keyStart === undefined) throw new NotQuick();
      const at = this.#behindColon();
      return {value: null, place: {start: at, end: at, keyStart}};
    }
    const value = getScalarValue(this.#text, event);
    const isPlain = style === SCALAR_STYLE.PLAIN;
    const quote = style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED ? 1 : 0;
    const start = isPlain || quote === 1 ? valueStart - quote : this.#headerOf(event);
    const end = valueEnd + quote;
    this.#cursor = end;
    return {value: isPlain && !tagged ? plainScalar(value) : value, place: {start, end, keyStart}};
  }

  /** Of a block: its `|` or `>`, on the line above its first. */
  #headerOf({valueStart, valueEnd}: ScalarEvent): number {
    const line = this.#text.lastIndexOf('\n', valueStart - 2) + 1;
    // Behind the last line of a block they may be part of it.
    if (valueEnd === this.#text.length && /[ \t]$/.test(this.#text)) throw new NotQuick();
    for (let at = Math.max(line, this.#cursor); at < valueStart; at++) {
      const sign = this.#text[at];
      if (sign === '|' || sign === '>') return at;
    }
    throw new NotQuick();
  }

  #behindColon(): number {
    let at = this.#text.indexOf(':', this.#cursor) + 1;
    while (this.#text[at] === ' ' || this.#text[at] === '\t') at++;
    return at;
  }

  #mapping({start, style}: MappingEvent, keyStart: number | undefined): Tree {
    const isFlow = style === COLLECTION_STYLE.FLOW;
    // `[a: b]` is a list with a map in it, which nobody writes.
    if (isFlow && this.#text[start] !== '{') throw new NotQuick();
    const value: Record<string, unknown> = {};
    const members = new Map<string, Place>();
    const repeated = new Map<string, readonly number[]>();
    const before = this.duplicates.length;
    let count = 0;
    let end = start;
    for (let event = this.#take(); event.type !== EVENT_ID.POP; event = this.#take()) {
      const [key, at] = this.#key(event);
      if (!isFlow && !this.#beginsLine(at)) throw new NotQuick();
      count++;
      if (members.has(key)) {
        // What is ignored does not count, duplicates in it included.
        if (this.duplicates.length > before) throw new NotQuick();
        repeated.set(key, [...(repeated.get(key) ?? [startOf(members.get(key)!)]), at]);
        members.delete(key);
        delete value[key];
      }
      const next = this.#take();
      if (isFlow && isEmpty(next)) throw new NotQuick();
      this.#path.push(key);
      const member = this.tree(next, at);
      this.#path.pop();
      members.set(key, member.place);
      define(value, key, member.value);
      ({end} = member.place);
    }
    if (isFlow) end = this.#closed('}');
    const own = [...repeated].map(([key, offsets]) => ({path: [...this.#path, key], offsets}));
    this.duplicates.splice(before, 0, ...own);
    const {'Fn::GetAtt': attribute} = value;
    return {
      value: typeof attribute === 'string' && count === 1 ? longForm('Fn::GetAtt', attribute) : value,
      place: {start, end, keyStart, members},
    };
  }

  #key(event: Event): readonly [key: string, start: number] {
    if (event.type !== EVENT_ID.SCALAR || event.valueStart < 0 || event.tagStart >= 0 || event.anchorStart >= 0)
      throw new NotQuick();
    const {style, valueStart, valueEnd} = event;
    const quote = style === SCALAR_STYLE.PLAIN ? 0 : 1;
    this.#cursor = valueEnd + quote;
    return [getScalarValue(this.#text, event), valueStart - quote];
  }

  /** Nothing but dashes may stand before a key of a block; the parser here lets other things pass. */
  #beginsLine(keyStart: number): boolean {
    let at = keyStart - 1;
    while (at >= 0 && ' -\t'.includes(this.#text[at]!)) at--;
    return at < 0 || this.#text[at] === '\n';
  }

  #sequence({start, style}: SequenceEvent, keyStart: number | undefined): Tree {
    const value: unknown[] = [];
    const members: Place[] = [];
    let end = start;
    for (let event = this.#take(); event.type !== EVENT_ID.POP; event = this.#take()) {
      if (isEmpty(event)) throw new NotQuick();
      this.#path.push(String(value.length));
      const item = this.tree(event, undefined);
      this.#path.pop();
      value.push(item.value);
      members.push(item.place);
      ({end} = item.place);
    }
    if (style === COLLECTION_STYLE.FLOW) end = this.#closed(']');
    return {value, place: {start, end, keyStart, members}};
  }

  /** Between the last entry and the bracket stand spaces, a comma and comments. */
  #closed(bracket: string): number {
    let at = this.#cursor;
    while (this.#text[at] !== bracket) {
      if (at >= this.#text.length) throw new NotQuick();
      at = this.#text[at] === '#' ? this.#text.indexOf('\n', at) + 1 || this.#text.length : at + 1;
    }
    this.#cursor = at + 1;
    return at + 1;
  }

  #take(): Event {
    const event = this.#events[this.#next++];
    if (event === undefined) throw new NotQuick();
    return event;
  }
}

function startOf({keyStart, start}: Place): number {
  return keyStart ?? start;
}

class NotQuick extends Error {}

function isEmpty(event: Event): boolean {
  return event.type === EVENT_ID.SCALAR && event.valueStart < 0;
}

/** A key may be called __proto__. */
function define(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(object, key, {value, enumerable: true, writable: true, configurable: true});
  else object[key] = value;
}
