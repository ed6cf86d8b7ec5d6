import fc from 'fast-check';
import {expect, test} from 'vitest';
import {rowsOf} from '../../../src/report/html/layout.ts';

const nodes = (columns: Readonly<Record<string, number>>) =>
  Object.entries(columns).map(([id, column]) => ({id, column}));

test('draws functions and their roles as straight lines, in whatever order they come', () => {
  const rows = rowsOf(nodes({orders: 0, bills: 0, mails: 0, mailsRole: 1, ordersRole: 1, billsRole: 1}), [
    {from: 'orders', to: 'ordersRole'},
    {from: 'bills', to: 'billsRole'},
    {from: 'mails', to: 'mailsRole'},
  ]);
  for (const name of ['orders', 'bills', 'mails']) expect(rows.get(name)).toBe(rows.get(`${name}Role`));
});

test('puts what several share in the middle of them', () => {
  const rows = rowsOf(nodes({a: 0, b: 0, c: 0, table: 1}), [
    {from: 'a', to: 'table'},
    {from: 'b', to: 'table'},
    {from: 'c', to: 'table'},
  ]);
  expect(rows.get('table')).toBe(1);
});

test('lets nothing overlap, and begins at the top', () => {
  const edge = fc.tuple(fc.nat(29), fc.nat(29)).filter(([one, other]) => one % 4 < other % 4);
  fc.assert(
    fc.property(fc.integer({min: 1, max: 30}), fc.array(edge, {maxLength: 60}), (count, pairs) => {
      const some = Array.from({length: count}, (_, id) => ({id: `${id}`, column: id % 4}));
      const edges = pairs
        .filter(([one, other]) => one < count && other < count)
        .map(([one, other]) => ({from: `${one}`, to: `${other}`}));
      const rows = rowsOf(some, edges);
      expect(Math.min(...rows.values())).toBe(0);
      for (const [, column] of Map.groupBy(some, node => node.column)) {
        const places = column.map(({id}) => rows.get(id)!).sort((a, b) => a - b);
        places.slice(1).forEach((row, index) => {
          expect(row - places[index]!).toBeGreaterThanOrEqual(1);
        });
      }
    }),
    {numRuns: 60},
  );
});
