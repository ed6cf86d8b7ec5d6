import {readFileSync} from 'node:fs';
import {expect, it} from 'vitest';
import {handler} from '../src/functions/gear-name/handler.ts';

const event = JSON.parse(readFileSync(new URL('../events/gear-name.json', import.meta.url), 'utf8'));

it('answers a request', async () => {
  expect(await handler(event)).toEqual({greeting: 'Hello Ada'});
});

it('refuses a request without a name', async () => {
  await expect(handler({name: ''})).rejects.toThrow('no name');
});
