import type {Service} from '../../operation.ts';
import {notImplemented, ServiceError} from '../../service-error.ts';
import {decodeJson} from '../decode-json.ts';
import {encodeJson} from '../encode-json.ts';
import {header} from '../request.ts';
import {operationNamed, serviceTitle, type WireProtocol} from './protocol.ts';
import {queryErrorCodes} from './query-error-codes.ts';

/** AWS JSON 1.0 and 1.1: https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html */
export const jsonProtocol: WireProtocol = {
  async read(request, services, body) {
    const target = header(request, 'x-amz-target') ?? '';
    const dot = target.lastIndexOf('.');
    const service = services.find(
      ({protocol}) => protocol.kind === 'json' && protocol.targetPrefix === target.slice(0, dot),
    );
    if (service === undefined)
      throw notImplemented(
        `${target === '' ? 'a request without X-Amz-Target' : target} (${serviceTitle(services[0]!)})`,
      );
    const operation = operationNamed(service, target.slice(dot + 1));
    const place = {operation: operation.name, path: '', invalidCode: 'ValidationException'};
    const input = decodeJson(operation.input, parseJson(await body.bytes()), place) as object;
    return {service, operation, input};
  },
  answer: ({service}, output) => ({
    status: 200,
    headers: {'content-type': contentType(service)},
    body: encodeJson(output),
  }),
  refuse(error, service, request) {
    const prefix = service?.protocol.kind === 'json' ? (service.protocol.errorPrefix ?? '') : '';
    const body = encodeJson({
      __type: `${prefixOf(prefix, error.code)}${error.code}`,
      message: error.message,
      ...error.members,
    });
    return {
      status: error.status,
      headers: {
        'content-type': contentType(service),
        'x-amzn-errortype': error.code,
        ...queryError(error, service, header(request, 'x-amzn-query-mode')),
      },
      body,
    };
  },
};

export function parseJson(bytes: Buffer): unknown {
  if (bytes.length === 0) return {};
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw Object.assign(new ServiceError('SerializationException', 'The body is not valid JSON'), {cause});
  }
}

function contentType(service: Service | undefined): string {
  return `application/x-amz-json-${service?.protocol.kind === 'json' ? service.protocol.version : '1.0'}`;
}

/** DynamoDB's validation errors come from the framework around it, and say so. */
function prefixOf(prefix: string, code: string): string {
  return code === 'ValidationException' && prefix.startsWith('com.amazonaws.dynamodb')
    ? 'com.amazon.coral.validate#'
    : prefix;
}

/** A service that once spoke Query tells clients the code it had there; SDKs show that one. */
function queryError(
  error: ServiceError,
  service: Service | undefined,
  mode: string | undefined,
): Record<string, string> {
  const codes = service === undefined ? undefined : queryErrorCodes[service.name];
  if (codes === undefined && mode !== 'true') return {};
  return {'x-amzn-query-error': `${codes?.[error.code] ?? error.code};${error.status < 500 ? 'Sender' : 'Receiver'}`};
}
