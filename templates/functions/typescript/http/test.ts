import {readFileSync} from 'node:fs';
import type {APIGatewayProxyEventV2} from 'aws-lambda';
import {expect, it} from 'vitest';
import {handler} from '../src/functions/gear-name/handler.ts';

const event: APIGatewayProxyEventV2 = JSON.parse(
  readFileSync(new URL('../events/gear-name.json', import.meta.url), 'utf8'),
);

it('answers a request', async () => {
  expect(await handler(event)).toMatchObject({statusCode: 200, body: '{"greeting":"Hello Ada"}'});
});

it.each(['', '{', 'null', '{"name":1}'])('refuses the body %j', async body => {
  expect(await handler({...event, body})).toMatchObject({statusCode: 400});
});
