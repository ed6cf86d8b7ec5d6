import type {ApiAnswer, ApiRequest} from '../http-api.ts';
import type {Cors} from '../services/apigatewayv2/records.ts';

/** The answer to a browser that asks before it sends; API Gateway gives it whatever routes there are. */
export function preflight({method, headers}: ApiRequest, cors: Cors | undefined): ApiAnswer | undefined {
  const {origin, 'access-control-request-method': wanted} = headers;
  if (cors === undefined || method !== 'OPTIONS' || origin === undefined || wanted === undefined) return undefined;
  const allowOrigin = allowedOrigin(origin, cors);
  if (allowOrigin === undefined) return {status: 204, headers: {}, body: ''};
  const list = (name: string, values: readonly string[] = []) =>
    values.length === 0 ? {} : {[name]: values.join(',')};
  return {
    status: 204,
    headers: {
      'access-control-allow-origin': allowOrigin,
      ...list('access-control-allow-methods', cors.allowMethods),
      ...list('access-control-allow-headers', cors.allowHeaders),
      ...(cors.maxAge === undefined ? {} : {'access-control-max-age': String(cors.maxAge)}),
      ...credentials(cors),
    },
    body: '',
  };
}

/** The API's word on origins stands, and the function's own is dropped. */
export function withCors(
  {headers, ...answer}: ApiAnswer,
  origin: string | undefined,
  cors: Cors | undefined,
): ApiAnswer {
  if (cors === undefined) return {...answer, headers};
  const others = Object.fromEntries(
    Object.entries(headers).filter(([name]) => !name.toLowerCase().startsWith('access-control-')),
  );
  const allowOrigin = origin === undefined ? undefined : allowedOrigin(origin, cors);
  if (allowOrigin === undefined) return {...answer, headers: others};
  const {exposeHeaders = []} = cors;
  return {
    ...answer,
    headers: {
      ...others,
      'access-control-allow-origin': allowOrigin,
      ...(exposeHeaders.length === 0 ? {} : {'access-control-expose-headers': exposeHeaders.join(',')}),
      ...credentials(cors),
    },
  };
}

function allowedOrigin(origin: string, {allowOrigins = []}: Cors): string | undefined {
  if (allowOrigins.includes('*')) return '*';
  const allowed = allowOrigins.some(pattern =>
    pattern.endsWith('://*') ? origin.startsWith(pattern.slice(0, -1)) : pattern.toLowerCase() === origin.toLowerCase(),
  );
  return allowed ? origin : undefined;
}

function credentials({allowCredentials}: Cors): Record<string, string> {
  return allowCredentials === true ? {'access-control-allow-credentials': 'true'} : {};
}
