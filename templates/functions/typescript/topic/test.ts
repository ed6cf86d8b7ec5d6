import {readFileSync} from 'node:fs';
import type {SNSEvent} from 'aws-lambda';
import {expect, it} from 'vitest';
import {handler} from '../src/functions/gear-name/handler.ts';

const event: SNSEvent = JSON.parse(readFileSync(new URL('../events/gear-name.json', import.meta.url), 'utf8'));
const [record] = event.Records;

it('takes a message', async () => {
  await expect(handler(event)).resolves.toBeUndefined();
});

it('fails when it cannot read a message, so that Lambda tries again', async () => {
  const broken = {...record!, Sns: {...record!.Sns, Message: '{'}};
  await expect(handler({Records: [broken]})).rejects.toThrow(SyntaxError);
});
