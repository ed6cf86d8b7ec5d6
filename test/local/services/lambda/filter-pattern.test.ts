import {describe, expect, it} from 'vitest';
import {passesFilters} from '../../../../src/local/events/record-filter.ts';
import {checkFilterPattern} from '../../../../src/local/services/lambda/filter-pattern.ts';

const event = {body: {kind: 'order', total: 42, paid: true, coupon: null, tags: ['new', 'gift'], buyer: {name: 'Ada'}}};

const rules: [rule: string, fits: boolean][] = [
  ['{"kind":["order"]}', true],
  ['{"kind":["refund","order"]}', true],
  ['{"kind":["refund"]}', false],
  ['{"kind":["order"],"total":[41]}', false],
  ['{"total":[42]}', true],
  ['{"total":["42"]}', false],
  ['{"paid":[true]}', true],
  ['{"coupon":[null]}', true],
  ['{"tags":["gift"]}', true],
  ['{"buyer":{"name":["Ada"]}}', true],
  ['{"buyer":{"city":["London"]}}', false],
  ['{"city":[{"exists":false}]}', true],
  ['{"kind":[{"exists":false}]}', false],
  ['{"kind":[{"exists":true}]}', true],
  ['{"kind":[{"prefix":"or"}]}', true],
  ['{"kind":[{"suffix":"er"}]}', true],
  ['{"kind":[{"prefix":"re"}]}', false],
  ['{"kind":[{"equals-ignore-case":"ORDER"}]}', true],
  ['{"kind":[{"anything-but":["refund"]}]}', true],
  ['{"kind":[{"anything-but":"order"}]}', false],
  ['{"kind":[{"anything-but":{"prefix":"or"}}]}', false],
  ['{"city":[{"anything-but":"London"}]}', false],
  ['{"total":[{"numeric":[">",40,"<=",42]}]}', true],
  ['{"total":[{"numeric":["=",41]}]}', false],
  ['{"kind":[{"numeric":[">",0]}]}', false],
  ['{"$or":[{"kind":["refund"]},{"total":[42]}]}', true],
  ['{"$or":[{"kind":["refund"]},{"total":[41]}]}', false],
];

describe('a pattern fits what AWS says it fits', () => {
  it.each(rules)('%s: %s', (rule, fits) => {
    const pattern = `{"body":${rule}}`;
    expect(() => checkFilterPattern(pattern)).not.toThrow();
    expect(passesFilters(event, {Filters: [{Pattern: pattern}]})).toBe(fits);
  });
});

it.each([
  'order',
  '[]',
  '"order"',
  '{"body":"order"}',
  '{"body":[]}',
  '{"body":[{"like":"o*"}]}',
  '{"body":[{"numeric":[">"]}]}',
  '{"body":[{"prefix":5}]}',
  '{"body":[{"exists":"yes"}]}',
  '{"$or":{}}',
  '{"body":[{"wildcard":"o*"}]}',
  '{"body":[{"anything-but":{"wildcard":"o*"}}]}',
  '{"body":[{"cidr":"10.0.0.0/24"}]}',
])('is refused when Lambda does not understand it: %s', pattern => {
  expect(() => checkFilterPattern(pattern)).toThrow(/^Invalid filter pattern definition/);
});
