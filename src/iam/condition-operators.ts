import {BlockList, isIP} from 'node:net';
import {entry} from '../model/entry.ts';
import {matchesGlob} from './glob.ts';
import {matchesResource} from './match.ts';

/** One operator of the Condition element without its `ForAllValues:`, `ForAnyValue:` and `IfExists`. */
export interface ConditionOperator {
  /** True only when no value matches; then a key that is missing from the request counts as a match. */
  readonly negated: boolean;
  /** Whether `*` and `?` in a policy's value stand for other characters. */
  readonly wildcards: boolean;
  readonly compare: (wanted: string, given: string) => boolean;
}

interface ParsedOperator {
  readonly quantifier?: 'ForAllValues' | 'ForAnyValue';
  readonly ifExists: boolean;
  /** Absent for Null, which asks about the key and not its value. */
  readonly operator?: ConditionOperator;
}

export function isConditionOperator(text: string): boolean {
  return parseOperator(text) !== undefined;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
export function parseOperator(text: string): ParsedOperator | undefined {
  const [, quantifier, name, ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(.+?)(IfExists)?$/i.exec(text) ?? [];
  if (name === undefined) return undefined;
  const parsed: ParsedOperator = {
    ifExists: ifExists !== undefined,
    ...(quantifier && {quantifier: quantifier.toLowerCase() === 'forallvalues' ? 'ForAllValues' : 'ForAnyValue'}),
  };
  if (name.toLowerCase() === 'null') return ifExists === undefined && quantifier === undefined ? parsed : undefined;
  const operator = entry(operators, name.toLowerCase());
  return operator && {...parsed, operator};
}

const equal = (wanted: string, given: string) => wanted === given;
const equalIgnoringCase = (wanted: string, given: string) => wanted.toLowerCase() === given.toLowerCase();

const operators: Readonly<Record<string, ConditionOperator>> = {
  stringequals: is(equal),
  stringnotequals: not(equal),
  stringequalsignorecase: is(equalIgnoringCase),
  stringnotequalsignorecase: not(equalIgnoringCase),
  stringlike: like(matchesGlob),
  stringnotlike: notLike(matchesGlob),
  numericequals: is(numbers((wanted, given) => given === wanted)),
  numericnotequals: not(numbers((wanted, given) => given === wanted)),
  numericlessthan: is(numbers((wanted, given) => given < wanted)),
  numericlessthanequals: is(numbers((wanted, given) => given <= wanted)),
  numericgreaterthan: is(numbers((wanted, given) => given > wanted)),
  numericgreaterthanequals: is(numbers((wanted, given) => given >= wanted)),
  dateequals: is(dates((wanted, given) => given === wanted)),
  datenotequals: not(dates((wanted, given) => given === wanted)),
  datelessthan: is(dates((wanted, given) => given < wanted)),
  datelessthanequals: is(dates((wanted, given) => given <= wanted)),
  dategreaterthan: is(dates((wanted, given) => given > wanted)),
  dategreaterthanequals: is(dates((wanted, given) => given >= wanted)),
  bool: is(equalIgnoringCase),
  binaryequals: is(equal),
  ipaddress: is(inRange),
  notipaddress: not(inRange),
  // ArnEquals reads wildcards exactly as ArnLike does.
  arnequals: like(matchesResource),
  arnlike: like(matchesResource),
  arnnotequals: notLike(matchesResource),
  arnnotlike: notLike(matchesResource),
};

type Compare = ConditionOperator['compare'];

function is(compare: Compare): ConditionOperator {
  return {negated: false, wildcards: false, compare};
}

function not(compare: Compare): ConditionOperator {
  return {negated: true, wildcards: false, compare};
}

function like(compare: Compare): ConditionOperator {
  return {negated: false, wildcards: true, compare};
}

function notLike(compare: Compare): ConditionOperator {
  return {negated: true, wildcards: true, compare};
}

/** What is no number compares as NaN does: never. */
function numbers(compare: (wanted: number, given: number) => boolean): Compare {
  const number = (text: string) => (text.trim() === '' ? Number.NaN : Number(text));
  return (wanted, given) => compare(number(wanted), number(given));
}

/** ISO 8601, or epoch seconds. */
function dates(compare: (wanted: number, given: number) => boolean): Compare {
  const time = (text: string) =>
    /^\d{1,12}$/.test(text) && text.length !== 4 ? Number(text) * 1000 : Date.parse(text);
  return (wanted, given) => compare(time(wanted), time(given));
}

function inRange(wanted: string, given: string): boolean {
  const [network = '', prefix] = wanted.split('/');
  const family = isIP(network);
  if (family === 0 || isIP(given) !== family) return false;
  const type = family === 6 ? 'ipv6' : 'ipv4';
  const bits = prefix === undefined ? (family === 6 ? 128 : 32) : Number(prefix);
  if (!Number.isInteger(bits) || bits < 0 || bits > (family === 6 ? 128 : 32)) return false;
  const list = new BlockList();
  list.addSubnet(network, bits, type);
  return list.check(given, type);
}
