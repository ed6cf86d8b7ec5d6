import {expect, test} from 'vitest';
import {handlerPaths, handlerPlace} from '../../src/inventory/handler-paths.ts';

test.each([
  ['orders/app.handler', 'nodejs24.x', 'handler', ['orders/app.js', 'orders/app.mjs', 'orders/app.cjs']],
  ['orders/v1.2/app.api.handler', 'nodejs24.x', 'api.handler', ['orders/v1.2/app.js', 'orders/v1.2/app.mjs']],
  ['orders.app.handler', 'python3.14', 'handler', ['orders/app.py']],
  ['com.example.Orders::handle', 'java25', undefined, []],
])('the handler %s of %s is looked for in the order in which its runtime does', (handler, runtime, name, paths) => {
  const found = handlerPaths(handler, runtime);
  expect(found.slice(0, paths.length)).toEqual(paths);
  expect(found.map(path => handlerPlace(handler, path).name)[0]).toBe(name);
});

test('where nobody says the runtime, each language reads the dots of a handler as its own does', () => {
  expect(handlerPaths('orders.api.handler', '').slice(0, 2)).toEqual(['orders/api.py', 'orders.js']);
});
