import {readFileSync} from 'node:fs';
import {expect, it} from 'vitest';
import {handler} from '../src/functions/gear-name/handler.ts';

const event = JSON.parse(readFileSync(new URL('../events/gear-name.json', import.meta.url), 'utf8'));

it('runs when it is due', async () => {
  await expect(handler(event)).resolves.toBeUndefined();
});

it('fails when it is not told for when it runs', async () => {
  await expect(handler({scheduledAt: ''})).rejects.toThrow('no time');
});
