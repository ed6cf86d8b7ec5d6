import {request} from 'node:http';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {
  type ApiCloud,
  api,
  functionResources,
  getAtt,
  integration,
  permission,
  ref,
  route,
  stage,
  startApiCloud,
  sub,
} from './fixture.ts';

/** Answers with its event, or as the query says. */
const echo = `exports.handler = async event => {
  const wanted = event.queryStringParameters?.answer;
  if (wanted === 'fail') throw new Error('no');
  if (wanted === 'late') await new Promise(resolve => setTimeout(resolve, 3000));
  if (wanted === 'text') return 'plain';
  if (wanted === 'status') return {statusCode: 201, headers: {Location: '/orders/1'}, cookies: ['a=1', 'b=2'], body: 'made'};
  if (wanted === 'bytes') return {statusCode: '200', headers: {'content-type': 'image/png'}, body: 'AAH/', isBase64Encoded: true};
  if (wanted === 'malformed') return {statusCode: 'often', body: 'x'};
  if (wanted === 'header') return {statusCode: 200, headers: {'x-a': 'one\\ntwo'}};
  if (wanted === 'object') return {statusCode: 200, body: {not: 'text'}};
  return event;
};`;

let server: ApiCloud;
let url: string;
let apiId: string;

beforeAll(async () => {
  server = await startApiCloud();
  const outputs = await server.deploy({
    Resources: {
      ...functionResources('Echo', echo),
      Version: {Type: 'AWS::Lambda::Version', Properties: {FunctionName: ref('Echo')}},
      Alias: {
        Type: 'AWS::Lambda::Alias',
        Properties: {FunctionName: ref('Echo'), FunctionVersion: getAtt('Version', 'Version'), Name: 'live'},
      },
      Api: api({
        CorsConfiguration: {
          AllowOrigins: ['https://shop.example'],
          AllowMethods: ['GET', 'POST'],
          AllowHeaders: ['content-type'],
          ExposeHeaders: ['etag'],
          AllowCredentials: true,
          MaxAge: 300,
        },
      }),
      AccessLog: {Type: 'AWS::Logs::LogGroup', Properties: {RetentionInDays: 7}},
      Stage: stage({
        AccessLogSettings: {
          DestinationArn: getAtt('AccessLog', 'Arn'),
          Format:
            '{"id":"$context.requestId","route":"$context.routeKey","status":$context.status,"agent":"$context.identity.userAgent"}',
        },
      }),
      Named: stage({
        StageName: 'beta',
        StageVariables: {table: 'orders-beta'},
        DefaultRouteSettings: {ThrottlingBurstLimit: 2, ThrottlingRateLimit: 0.001},
      }),
      Integration: integration(getAtt('Echo', 'Arn')),
      Short: integration(getAtt('Echo', 'Arn'), {TimeoutInMillis: 300}),
      Older: integration(
        sub(`arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${Echo.Arn}/invocations`),
        {
          PayloadFormatVersion: '1.0',
        },
      ),
      Aliased: integration(ref('Alias')),
      List: route('GET /orders', 'Integration'),
      Post: route('POST /orders', 'Integration'),
      One: route('GET /orders/{id}', 'Integration'),
      Latest: route('GET /orders/latest', 'Integration'),
      Rest: route('ANY /files/{proxy+}', 'Integration'),
      Late: route('GET /late', 'Short'),
      Old: route('GET /old/{id}', 'Older'),
      Live: route('GET /live', 'Aliased'),
      Closed: route('GET /closed', 'Integration'),
      May: permission(ref('Echo'), '*/*/orders*'),
      MayFiles: permission(ref('Echo'), '*/*/files/{proxy+}'),
      MayLate: permission(ref('Echo'), '$default/GET/late'),
      MayOld: permission(ref('Echo'), '$default/GET/old/*'),
      MayLive: permission(ref('Alias'), '$default/GET/live'),
    },
    Outputs: {Url: {Value: getAtt('Api', 'ApiEndpoint')}, Api: {Value: ref('Api')}, Log: {Value: ref('AccessLog')}},
  });
  url = outputs.Url!;
  apiId = outputs.Api!;
});
afterAll(() => server.cloud.close());

async function get(path: string, init: RequestInit = {}) {
  const response = await fetch(url + path, init);
  const text = await response.text();
  return {status: response.status, headers: response.headers, text, json: () => JSON.parse(text)};
}

describe('an event in format 2.0', () => {
  it('tells the request as API Gateway does', async () => {
    const answer = await get('/orders?b=2&a=1&b=%C3%A4', {
      method: 'POST',
      headers: {'Content-Type': 'application/json', Cookie: 'session=1; theme=dark', 'X-Team': 'orders'},
      body: '{"id":1}',
    });
    expect(answer.status).toBe(200);
    const {host} = new URL(url);
    const port = host.split(':')[1];
    expect(answer.json()).toEqual({
      version: '2.0',
      routeKey: 'POST /orders',
      rawPath: '/orders',
      rawQueryString: 'b=2&a=1&b=%C3%A4',
      cookies: ['session=1', 'theme=dark'],
      headers: {
        accept: '*/*',
        'accept-encoding': expect.any(String),
        'accept-language': '*',
        'content-length': '8',
        'content-type': 'application/json',
        host,
        'sec-fetch-mode': 'cors',
        'user-agent': 'node',
        'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-port': port,
        'x-forwarded-proto': 'http',
        'x-team': 'orders',
      },
      queryStringParameters: {a: '1', b: '2,ä'},
      requestContext: {
        accountId: '000000000000',
        apiId,
        domainName: `${apiId}.execute-api.localhost:${port}`,
        domainPrefix: apiId,
        http: {method: 'POST', path: '/orders', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'node'},
        requestId: answer.headers.get('apigw-requestid'),
        routeKey: 'POST /orders',
        stage: '$default',
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
        timeEpoch: expect.any(Number),
      },
      body: '{"id":1}',
      isBase64Encoded: false,
    });
  });

  it.each([
    ['application/octet-stream', Buffer.from([0, 255]), 'AP8=', true],
    ['application/x-www-form-urlencoded', Buffer.from('a=1'), 'YT0x', true],
    ['text/csv', Buffer.from('ä'), 'ä', false],
    ['application/json', Buffer.from([0xff]), '/w==', true],
  ])('has a body of %s as text or as base64', async (type, body, expected, isBase64Encoded) => {
    const answer = await get('/orders', {method: 'POST', headers: {'content-type': type}, body});
    expect(answer.json()).toMatchObject({body: expected, isBase64Encoded});
  });
});

it('has events in format 1.0 where the integration says so', async () => {
  expect((await get('/old/a%20b?x=1&x=2')).text).toBe('{"message":"Internal Server Error"}');
  expect(server.warnings.at(-1)).toContain(
    'The response from the Lambda function is malformed: {"version":"1.0","resource":"/old/{id}","path":"/old/a b"',
  );
  expect((await get('/old/1?answer=status')).status).toBe(201);
});

describe('routes', () => {
  it.each([
    ['/orders/latest', 'GET /orders/latest', undefined],
    ['/orders/4%2F2', 'GET /orders/{id}', {id: '4/2'}],
    ['/files/a/b.txt', 'ANY /files/{proxy+}', {proxy: 'a/b.txt'}],
  ])('%s goes to %s', async (path, routeKey, pathParameters) => {
    const event = (await get(path)).json();
    expect([event.routeKey, event.pathParameters]).toEqual([routeKey, pathParameters]);
  });

  it.each(['/', '/orders/', '/orders/1/2', '/files', '/files/'])('none for %s', async path => {
    const answer = await get(path);
    expect([answer.status, answer.text]).toEqual([404, '{"message":"Not Found"}']);
  });

  it('of a named stage lie under its name, with its variables', async () => {
    const event = (await get('/beta/orders')).json();
    expect(event).toMatchObject({
      rawPath: '/beta/orders',
      stageVariables: {table: 'orders-beta'},
      requestContext: {stage: 'beta', http: {path: '/beta/orders'}},
    });
    expect((await get('/beta/orders')).status).toBe(200);
    const throttled = await get('/beta/orders');
    expect([throttled.status, throttled.text]).toEqual([429, '{"message":"Too Many Requests"}']);
    expect((await get('/beta/orders/1')).status).toBe(200);
  });

  it('are reached by the name of the API too', async () => {
    const {port} = new URL(url);
    const ask = (host: string, path: string) =>
      new Promise<number>((resolve, reject) =>
        request({host: '127.0.0.1', port, path, headers: {host}}, response => {
          response.resume();
          resolve(response.statusCode!);
        })
          .once('error', reject)
          .end(),
      );
    expect(await ask(`${apiId}.execute-api.localhost:${port}`, '/orders')).toBe(200);
    expect(await ask(`unknown.execute-api.localhost:${port}`, '/orders')).toBe(404);
    // A name that was made to point at this machine.
    expect(await ask(`evil.example:${port}`, `/_apis/${apiId}/orders`)).toBe(403);
  });
});

describe('the answer of a function', () => {
  it('with a status is sent as it says', async () => {
    const {status, headers, text} = await get('/orders?answer=status');
    expect([status, text, headers.get('location'), headers.get('content-type')]).toEqual([
      201,
      'made',
      '/orders/1',
      'text/plain;charset=UTF-8',
    ]);
    expect(headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  it('without one is the body', async () => {
    const {headers, text} = await get('/orders?answer=text');
    expect([headers.get('content-type'), text]).toEqual(['application/json', 'plain']);
  });

  it('may be bytes', async () => {
    const response = await fetch(`${url}/orders?answer=bytes`);
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0, 1, 255]);
  });

  it.each(['fail', 'malformed', 'object', 'header'])('that is no answer (%s) is an internal error', async answer => {
    const {status, text} = await get(`/orders?answer=${answer}`);
    expect([status, text]).toEqual([500, '{"message":"Internal Server Error"}']);
  });

  it('that comes too late is not waited for', async () => {
    const {status, text} = await get('/late?answer=late');
    expect([status, text]).toEqual([503, '{"message":"Service Unavailable"}']);
    expect(server.warnings.at(-1)).toMatch(/GET \/late: 503\. The function did not answer within 300 ms$/);
  });
});

it('invokes the alias that an integration names', async () => {
  expect((await get('/live')).json()).toMatchObject({routeKey: 'GET /live'});
});

it('is held to the policy of the function, and says in the log what is missing', async () => {
  const {status, text} = await get('/closed');
  expect([status, text]).toEqual([500, '{"message":"Internal Server Error"}']);
  expect(server.warnings.at(-1)).toMatch(
    new RegExp(
      `^HTTP API orders \\(${apiId}\\), GET /closed: 500\\. Service: apigateway.amazonaws.com is not authorized to perform: lambda:InvokeFunction .*aws:SourceArn is arn:aws:execute-api:us-east-1:000000000000:${apiId}/\\$default/GET/closed$`,
    ),
  );
  const denied = server.cloud.access.record.decisions().filter(({entry}) => !entry.allowed);
  expect(denied.map(({entry}) => [entry.caller, entry.action])).toContainEqual([
    'apigateway.amazonaws.com',
    'lambda:InvokeFunction',
  ]);
});

it('refuses a body of more than 10 MB without asking the function, and one that is too much for Lambda', async () => {
  const send = (bytes: number) => get('/orders', {method: 'POST', body: Buffer.alloc(bytes)});
  const [large, tooMuch] = [await send(10 * 1024 * 1024 + 1), await send(7 * 1024 * 1024)];
  for (const {status, text} of [large, tooMuch])
    expect([status, text]).toEqual([413, '{"message":"Request Entity Too Large"}']);
  const asked = server.cloud.access.record.decisions().map(({entry}) => entry.requestId);
  expect(asked).not.toContain(large.headers.get('apigw-requestid'));
  expect(asked).toContain(tooMuch.headers.get('apigw-requestid'));
});

describe('CORS', () => {
  const ask = (origin: string) =>
    get('/orders', {method: 'OPTIONS', headers: {Origin: origin, 'Access-Control-Request-Method': 'POST'}});

  it('is answered before the route is asked', async () => {
    const {status, headers} = await ask('https://shop.example');
    expect(status).toBe(204);
    expect(Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control')))).toEqual({
      'access-control-allow-origin': 'https://shop.example',
      'access-control-allow-methods': 'GET,POST',
      'access-control-allow-headers': 'content-type',
      'access-control-max-age': '300',
      'access-control-allow-credentials': 'true',
    });
  });

  it('allows no other origin', async () => {
    expect((await ask('https://elsewhere.example')).headers.get('access-control-allow-origin')).toBeNull();
    const answer = await get('/orders', {headers: {Origin: 'https://elsewhere.example'}});
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, null]);
  });

  it('is said with every answer to an allowed origin', async () => {
    const {headers} = await get('/nowhere', {headers: {Origin: 'https://shop.example'}});
    expect([headers.get('access-control-allow-origin'), headers.get('access-control-expose-headers')]).toEqual([
      'https://shop.example',
      'etag',
    ]);
  });
});

it('writes an access log line for each request', async () => {
  const id = (await get('/orders', {headers: {'user-agent': 'a "quoted" agent'}})).headers.get('apigw-requestid');
  const {Outputs} = (
    await server.call<{Stacks: {Outputs: {OutputKey: string; OutputValue: string}[]}[]}>(
      'cloudformation',
      'DescribeStacks',
      {StackName: 'orders'},
    )
  ).Stacks[0]!;
  const logGroupName = Outputs.find(({OutputKey}) => OutputKey === 'Log')!.OutputValue;
  const {events} = await server.call<{events: {message: string}[]}>('logs', 'FilterLogEvents', {logGroupName});
  expect(events.map(({message}) => JSON.parse(message))).toContainEqual({
    id,
    route: 'GET /orders',
    status: 200,
    agent: 'a "quoted" agent',
  });
});

it('reports its metrics', async () => {
  const sum = async (MetricName: string) => {
    const {Datapoints} = await server.call<{Datapoints: {Sum: number}[]}>('cloudwatch', 'GetMetricStatistics', {
      Namespace: 'AWS/ApiGateway',
      MetricName,
      Dimensions: [{Name: 'ApiId', Value: apiId}],
      StartTime: new Date(Date.now() - 3600_000),
      EndTime: new Date(Date.now() + 60_000),
      Period: 3600,
      Statistics: ['Sum'],
    });
    return Datapoints.reduce((total, datapoint) => total + datapoint.Sum, 0);
  };
  const before = await Promise.all(['Count', '4xx', '5xx'].map(sum));
  await get('/nowhere');
  await get('/closed');
  const after = await Promise.all(['Count', '4xx', '5xx'].map(sum));
  expect(after.map((value, index) => value - before[index]!)).toEqual([2, 1, 1]);
});

it('goes with its stack', async () => {
  await server.call('cloudformation', 'DeleteStack', {StackName: 'orders'});
  await expect.poll(async () => (await get('/orders')).status, {timeout: 10_000}).toBe(404);
  await expect.poll(() => server.call('lambda', 'ListFunctions'), {timeout: 10_000}).toMatchObject({Functions: []});
});
