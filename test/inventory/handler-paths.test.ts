import {expect, test} from 'vitest';
import {handlerPaths} from '../../src/inventory/handler-paths.ts';

test.each([
  ['orders/app.handler', 'nodejs24.x', 'handler', ['orders/app.js', 'orders/app.mjs', 'orders/app.cjs']],
  ['orders.app.handler', 'python3.14', 'handler', ['orders/app.py']],
  ['com.example.Orders::handle', 'java25', 'Orders::handle', []],
])('the handler %s of %s is looked for in the order in which its runtime does', (handler, runtime, name, paths) => {
  const found = handlerPaths(handler, runtime);
  expect({...found, paths: found.paths.slice(0, 3)}).toEqual({name, paths});
});
