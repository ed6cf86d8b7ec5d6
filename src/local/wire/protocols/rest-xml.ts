import {ServiceError} from '../../service-error.ts';
import {membersOf} from '../decode-members.ts';
import {decodeRest, type RestBody} from '../decode-rest.ts';
import {decodeXml} from '../decode-xml.ts';
import {element, elements, escapeXml} from '../encode-xml.ts';
import {divideOutput, rawBody} from '../rest-answer.ts';
import type {WireBody, WireProtocol} from './protocol.ts';
import {routers} from './rest-json.ts';

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
const namespace = ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';

/** REST-XML as S3 speaks it: https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html */
export function restXmlProtocol(): WireProtocol {
  const routeOf = routers();
  return {
    async read(request, services, body) {
      const {service, route} = routeOf(request, services);
      const {operation} = route;
      const place = {operation: operation.name, path: '', invalidCode: 'InvalidArgument'};
      const input = await decodeRest(request, route, membersOf(operation.input), place, xmlBody(body));
      return {service, operation, input};
    },
    answer({operation}, output, request) {
      const {status, headers, payload, rest} = divideOutput(output, operation.http!);
      if (request.method === 'HEAD' || status === 204 || status === 304) return {status, headers};
      const raw = rawBody(payload);
      if (raw !== undefined) return {status, headers, body: raw};
      const members = (payload ?? rest) as Record<string, unknown>;
      const root = operation.http!.responseRoot;
      if (root === undefined && elements(members) === '') return {status, headers, body: ''};
      return {
        status,
        headers: {'content-type': 'application/xml', ...headers},
        body: `${declaration}${element(root ?? `${operation.name}Result`, members, namespace)}`,
      };
    },
    refuse(error, _, request) {
      const headers: Record<string, string> = {'content-type': 'application/xml'};
      if (request.method === 'HEAD' || error.status === 304) return {status: error.status, headers: {}};
      const body = `${declaration}<Error><Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message>${elements(error.members)}<Resource>${escapeXml(request.path)}</Resource><RequestId>${request.id}</RequestId></Error>`;
      return {status: error.status, headers, body};
    },
  };
}

/** What S3 takes as a document is small: at most 1,000 keys to delete, 10,000 parts to put together. */
const documentLimit = 4 * 1024 * 1024;

function xmlBody(body: WireBody): RestBody {
  return {
    async document() {
      // No operation of S3 spreads a document over its members; a body that nobody reads is not what the client meant.
      if ((await body.bytes(documentLimit)).length > 0)
        throw new ServiceError('UnexpectedContent', 'This request does not support content');
      return {};
    },
    async payload(shape, place) {
      if (shape.kind === 'stream') return body.stream();
      const bytes = await body.bytes(documentLimit);
      if (bytes.length === 0) return undefined;
      if (shape.kind === 'blob') return bytes;
      const text = bytes.toString('utf8');
      return shape.kind === 'string' ? text : decodeXml(shape, text, place);
    },
  };
}
