import type {IncomingMessage} from 'node:http';

/** A request as the operation that it asks for. */
export interface FakeCall {
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  /** What the operation's answer depends on. */
  readonly input: Readonly<Record<string, string | undefined>>;
  readonly protocol: 'rest' | 'json' | 'query';
}

export function readCall({method, url = '/', headers}: IncomingMessage, body: string): FakeCall {
  const [, region = '', signedFor = ''] =
    /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\//.exec(headers.authorization ?? '') ?? [];
  const service = signedFor === 'monitoring' ? 'cloudwatch' : signedFor;
  const target = headers['x-amz-target'];
  if (typeof target === 'string')
    return {
      service,
      operation: target.slice(target.lastIndexOf('.') + 1),
      region,
      input: JSON.parse(body || '{}'),
      protocol: 'json',
    };
  if (['iam', 'sts', 'ec2', 'sns'].includes(service)) {
    const {Action = '', ...input} = Object.fromEntries(new URLSearchParams(body));
    return {service, operation: Action, region, input, protocol: 'query'};
  }
  const {pathname, searchParams} = new URL(url, 'http://fake');
  const query = Object.fromEntries(searchParams);
  for (const [operation, pattern] of routes) {
    const found = pattern.exec(`${method} ${pathname}`);
    if (found !== null)
      return {
        service,
        operation,
        region,
        input: {...query, name: found[1] && decodeURIComponent(found[1])},
        protocol: 'rest',
      };
  }
  return {service, operation: `${method} ${pathname}`, region, input: query, protocol: 'rest'};
}

const routes: readonly (readonly [string, RegExp])[] = [
  ['ListFunctions', /^GET \/2015-03-31\/functions\/?$/],
  ['ListEventSourceMappings', /^GET \/2015-03-31\/event-source-mappings\/?$/],
  ['GetPolicy', /^GET \/2015-03-31\/functions\/([^/]+)\/policy$/],
  ['GetFunction', /^GET \/2015-03-31\/functions\/([^/]+)$/],
  ['GetFunctionEventInvokeConfig', /^GET \/2019-09-25\/functions\/([^/]+)\/event-invoke-config$/],
  ['ListProvisionedConcurrencyConfigs', /^GET \/2019-09-30\/functions\/([^/]+)\/provisioned-concurrency$/],
  ['GetAccountSettings', /^GET \/2016-08-19\/account-settings\/?$/],
  ['GetLayerVersionByArn', /^GET \/2018-10-31\/layers$/],
  ['ListSchedules', /^GET \/schedules$/],
  ['ListRegions', /^POST \/listRegions$/],
];
