import {describe, expect, test} from 'vitest';
import {matchesEventPattern, parseEventPattern} from '../../src/local/event-pattern.ts';

const matches = (pattern: object, event: object) =>
  matchesEventPattern(parseEventPattern(JSON.stringify(pattern)), event);

describe.each<[string, object, object[], object[]]>([
  ['a value', {source: ['orders']}, [{source: 'orders'}, {source: 'orders', more: 1}], [{source: 'Orders'}, {}]],
  ['one of several', {a: ['x', 1, null]}, [{a: 'x'}, {a: 1}, {a: null}], [{a: '1'}, {a: 'null'}, {}]],
  ['the empty string', {a: ['']}, [{a: ''}], [{a: null}, {}]],
  ['fields inside', {detail: {state: ['open']}}, [{detail: {state: 'open'}}], [{detail: 'open'}, {state: 'open'}]],
  ['a member of a list', {a: ['x']}, [{a: ['y', 'x']}], [{a: ['y']}, {a: []}]],
  [
    'one object of a list for all that is asked',
    {items: {id: [1], kind: ['book']}},
    [{items: [{id: 2}, {id: 1, kind: 'book'}]}],
    [
      {
        items: [
          {id: 1, kind: 'dvd'},
          {id: 2, kind: 'book'},
        ],
      },
    ],
  ],
  ['prefix', {a: [{prefix: 'eu-'}]}, [{a: 'eu-west-1'}], [{a: 'us-east-1'}, {a: 5}, {}]],
  ['prefix in any case', {a: [{prefix: {'equals-ignore-case': 'EU-'}}]}, [{a: 'eu-west-1'}], [{a: 'us'}]],
  ['suffix', {a: [{suffix: '.png'}]}, [{a: 'a.png'}], [{a: 'a.jpg'}]],
  ['suffix in any case', {a: [{suffix: {'equals-ignore-case': '.PNG'}}]}, [{a: 'a.png'}], [{a: 'a.jpg'}]],
  ['equals-ignore-case', {a: [{'equals-ignore-case': 'Anna'}]}, [{a: 'ANNA'}], [{a: 'Anne'}]],
  ['wildcard', {a: [{wildcard: 'dir/*.p\\*g'}]}, [{a: 'dir/a/b.p*g'}], [{a: 'dir/a.png'}]],
  ['exists', {a: [{exists: true}]}, [{a: null}, {a: 'x'}, {a: [1]}], [{}, {a: {b: 1}}, {a: []}]],
  ['exists false', {a: {b: [{exists: false}]}}, [{}, {a: {}}, {a: {c: 1}}], [{a: {b: 1}}]],
  ['numeric', {a: [{numeric: ['>', 0, '<=', 5]}]}, [{a: 5}, {a: 0.5}], [{a: 0}, {a: 6}, {a: '3'}]],
  ['numeric equality', {a: [{numeric: ['=', 3]}]}, [{a: 3}], [{a: 4}]],
  ['cidr', {ip: [{cidr: '10.0.0.0/24'}]}, [{ip: '10.0.0.255'}], [{ip: '10.0.1.0'}, {ip: 'x'}, {ip: '::1'}]],
  ['cidr of IPv6', {ip: [{cidr: '2001:db8::/32'}]}, [{ip: '2001:db8::1'}], [{ip: '2001:db9::1'}]],
  ['anything-but', {a: [{'anything-but': ['x', 1]}]}, [{a: 'y'}, {a: 2}], [{a: 'x'}, {a: 1}, {}]],
  ['anything-but a prefix', {a: [{'anything-but': {prefix: ['in', 'un']}}]}, [{a: 'out'}], [{a: 'inner'}, {a: 'un'}]],
  ['anything-but a suffix', {a: [{'anything-but': {suffix: '.tmp'}}]}, [{a: 'a.csv'}], [{a: 'a.tmp'}]],
  ['anything-but a wildcard', {a: [{'anything-but': {wildcard: '*/lib/*'}}]}, [{a: 'a/b'}], [{a: 'x/lib/y'}]],
  ['anything-but in any case', {a: [{'anything-but': {'equals-ignore-case': ['A']}}]}, [{a: 'b'}], [{a: 'a'}]],
  [
    '$or',
    {$or: [{a: [1]}, {b: [{prefix: 'x'}]}], c: [true]},
    [
      {a: 1, c: true},
      {b: 'xy', c: true},
    ],
    [{a: 1}, {c: true}],
  ],
])('%s', (_, pattern, fitting, others) => {
  test.each(fitting)('fits %j', event => expect(matches(pattern, event)).toBe(true));
  test.each(others)('does not fit %j', event => expect(matches(pattern, event)).toBe(false));
});

test.each([
  ['no JSON', '{', 'not valid JSON'],
  ['a list', '[]', 'not an object'],
  ['nothing', '{}', 'Empty patterns'],
  ['a bare value', '{"a": "x"}', '"a" must be an object or an array'],
  ['an empty list', '{"a": []}', 'Empty arrays'],
  ['an unknown comparison', '{"a": [{"like": "x"}]}', 'Unrecognized match type like'],
  ['two comparisons in one', '{"a": [{"prefix": "x", "suffix": "y"}]}', 'Only one key'],
  ['a lopsided range', '{"a": [{"numeric": [">"]}]}', 'numeric must be'],
  ['a bad block', '{"a": [{"cidr": "10.0.0.0/99"}]}', 'cidr must be'],
  ['two stars', '{"a": [{"wildcard": "a**"}]}', 'two * in a row'],
  ['a lone $or', '{"$or": [{"a": [1]}]}', 'at least two'],
])('%s is no pattern', (_, text, sentence) => {
  expect(() => parseEventPattern(text)).toThrow(sentence);
});
