import type {Service} from '../../operation.ts';
import {notImplemented} from '../../service-error.ts';
import {decodeJson} from '../decode-json.ts';
import {membersOf} from '../decode-members.ts';
import {decodeRest, type RestBody} from '../decode-rest.ts';
import {encodeJson} from '../encode-json.ts';
import type {WireRequest} from '../request.ts';
import {divideOutput, rawBody} from '../rest-answer.ts';
import {type RestRoute, restRouter} from '../rest-router.ts';
import {parseJson} from './json.ts';
import {serviceTitle, type WireBody, type WireProtocol} from './protocol.ts';

/** REST-JSON, which Lambda speaks: https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html */
export function restJsonProtocol(): WireProtocol {
  const routeOf = routers();
  return {
    async read(request, services, body) {
      const {service, route} = routeOf(request, services);
      const {operation} = route;
      const place = {operation: operation.name, path: '', invalidCode: 'ValidationException'};
      const input = await decodeRest(request, route, membersOf(operation.input), place, jsonBody(body));
      return {service, operation, input};
    },
    answer({operation}, output) {
      const {status, headers, payload, rest} = divideOutput(output, operation.http!);
      if (operation.http!.responsePayload !== undefined) {
        const raw = rawBody(payload);
        return {status, headers: {'content-type': 'application/json', ...headers}, body: raw ?? encodeJson(payload)};
      }
      if (status === 204) return {status, headers};
      return {status, headers: {'content-type': 'application/json', ...headers}, body: encodeJson(rest)};
    },
    refuse: error => ({
      status: error.status,
      headers: {'content-type': 'application/json', 'x-amzn-errortype': error.code},
      body: encodeJson({Type: error.status < 500 ? 'User' : 'Service', message: error.message, ...error.members}),
    }),
  };
}

function jsonBody(body: WireBody): RestBody {
  return {
    document: async (members, place) =>
      decodeJson({kind: 'structure', members}, parseJson(await body.bytes()), place) as Record<string, unknown>,
    async payload(shape, place) {
      if (shape.kind === 'stream') return body.stream();
      const bytes = await body.bytes();
      if (bytes.length === 0) return undefined;
      if (shape.kind === 'blob') return bytes;
      return shape.kind === 'string' ? bytes.toString('utf8') : decodeJson(shape, parseJson(bytes), place);
    },
  };
}

/** One router per service, made when its first request comes. */
export function routers(): (
  request: WireRequest,
  services: readonly Service[],
) => {service: Service; route: RestRoute} {
  const known = new Map<Service, ReturnType<typeof restRouter>>();
  return (request, services) => {
    for (const service of services) {
      let router = known.get(service);
      if (router === undefined) {
        router = restRouter(service.operations);
        known.set(service, router);
      }
      const route = router(request);
      if (route !== undefined) return {service, route};
    }
    const names = request.query.map(([name]) => name).filter(name => name !== 'x-id' && !name.startsWith('X-Amz-'));
    const path = request.path.replace(/(?<=.)\/$/, '');
    const target = `${request.method} ${path}${names.length === 0 ? '' : `?${names.join('&')}`}`;
    throw notImplemented(`${target} of ${serviceTitle(services[0]!)}`);
  };
}
