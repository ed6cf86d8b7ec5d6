import type {Service} from '../../operation.ts';
import {notImplemented} from '../../service-error.ts';
import {decodeQuery} from '../decode-query.ts';
import {encodeQuery, encodeQueryError} from '../encode-query.ts';
import {isSignatureParameter} from '../read-signature.ts';
import {type QueryParameter, readQuery} from '../request.ts';
import {operationNamed, serviceTitle, type WireProtocol} from './protocol.ts';

/** AWS Query: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export const queryProtocol: WireProtocol = {
  async read(request, services, body) {
    const text = (await body.bytes()).toString('utf8');
    const parameters = [...request.query, ...readQuery(text)];
    const [action, version] = ['Action', 'Version'].map(name => parameters.find(([key]) => key === name)?.[1]);
    const service = services.find(
      ({protocol}) => protocol.kind === 'query' && (version ?? protocol.version) === protocol.version,
    );
    if (service === undefined) throw notImplemented(`version ${version} of ${serviceTitle(services[0]!)}`);
    const operation = operationNamed(service, action ?? '');
    const place = {operation: operation.name, path: '', invalidCode: 'ValidationError'};
    return {service, operation, input: decodeQuery(operation.input, parameters.filter(isMember), place) as object};
  },
  answer: ({service, operation}, output, request) => ({
    status: 200,
    headers: {'content-type': 'text/xml'},
    body: encodeQuery(operation.name, output, namespaceOf(service), request.id),
  }),
  refuse: (error, service, request) => ({
    status: error.status,
    headers: {'content-type': 'text/xml'},
    body: encodeQueryError(error, namespaceOf(service), request.id),
  }),
};

/** Not Action and Version, and not the signature of a presigned URL. */
function isMember([name]: QueryParameter): boolean {
  return name !== 'Action' && name !== 'Version' && !isSignatureParameter(name);
}

function namespaceOf(service: Service | undefined): string {
  return service?.protocol.kind === 'query'
    ? service.protocol.namespace
    : 'http://webservices.amazon.com/AWSFault/2005-15-09';
}
