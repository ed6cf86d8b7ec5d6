import {hash} from 'node:crypto';
import type {Access} from '../access/access.ts';
import type {Clock} from '../clock.ts';
import type {Protocol, Service} from '../operation.ts';
import {notImplemented, ServiceError} from '../service-error.ts';
import {authenticate, signatureOf} from './authenticate.ts';
import {claimedPayloadHash, openBody} from './body/open-body.ts';
import {readBody} from './body/read-body.ts';
import {withHoistedHeaders} from './hoisted-headers.ts';
import {jsonProtocol} from './protocols/json.ts';
import {serviceTitle, spokenProtocol, type WireAnswer, type WireBody, type WireProtocol} from './protocols/protocol.ts';
import {queryProtocol} from './protocols/query.ts';
import {restJsonProtocol} from './protocols/rest-json.ts';
import {restXmlProtocol} from './protocols/rest-xml.ts';
import {readSignature, type Signature} from './read-signature.ts';
import type {WireRequest} from './request.ts';

export interface ServeOptions {
  readonly services: readonly Service[];
  readonly access: Pick<Access, 'credentialsOf' | 'call'>;
  readonly region: string;
  readonly clock: Clock;
  readonly wallClock: Clock;
  /** A bug of gear: the client gets status 500, somebody should see the rest. */
  onBug(error: unknown): void;
}

/** Answers one request for a service: who is asking, which operation, may they, the answer in their protocol. */
export function requestServer(
  options: ServeOptions,
): (request: WireRequest, signal: AbortSignal) => Promise<WireAnswer> {
  const protocols: Readonly<Record<Protocol['kind'], WireProtocol>> = {
    json: jsonProtocol,
    query: queryProtocol,
    'rest-json': restJsonProtocol(),
    'rest-xml': restXmlProtocol(),
  };
  return async (request, signal) => {
    const claimed = readSignature(request);
    const signingName = typeof claimed === 'object' ? claimed.service : undefined;
    const candidates = options.services.filter(({signingNames}) => signingNames.includes(signingName ?? ''));
    const spoken = spokenProtocol(request, signingName);
    try {
      const signature = signatureOf(request, spoken);
      if (candidates.length === 0) throw notImplemented(`the service ${signature.service}`);
      const services = candidates.filter(({protocol}) => protocol.kind === spoken);
      if (services.length === 0)
        throw notImplemented(
          `${serviceTitle(candidates[0]!)} over ${protocolTitles[spoken]}; use a current SDK or CLI`,
        );
      const {asked, body, caller} = await openRequest(request, signature, spoken, options);
      const call = await protocols[spoken].read(asked, services, body);
      const output = await options.access.call(caller, call.service.name, call.operation.name, call.input, {
        requestId: request.id,
        signal,
      });
      return protocols[spoken].answer(call, output, request);
    } catch (error) {
      return protocols[spoken].refuse(asServiceError(error, options), candidates[0], request);
    }
  };
}

const protocolTitles: Readonly<Record<Protocol['kind'], string>> = {
  json: 'AWS JSON',
  query: 'the Query protocol',
  'rest-json': 'REST-JSON',
  'rest-xml': 'REST-XML',
};

/** The largest body that is taken into memory: a function's 50 MB package in base64 fits. */
const memoryLimit = 100 * 1024 * 1024;

async function openRequest(request: WireRequest, signature: Signature, kind: Protocol['kind'], options: ServeOptions) {
  const authentication = {...options, kind, credentialsOf: (id: string) => options.access.credentialsOf(id)};
  // S3 signs what the client says of the body, so the body need not be here yet; others sign the body itself.
  if (kind === 'rest-xml') {
    const credentials = authenticate(request, signature, claimedPayloadHash(request, signature), authentication);
    const asked = signature.presigned ? withHoistedHeaders(request) : request;
    const stream = () => openBody(asked, signature, credentials.secretAccessKey);
    const body: WireBody = {stream, bytes: (limit = memoryLimit) => readBody(stream(), limit)};
    return {asked, body, caller: credentials.caller};
  }
  const bytes = await readBody(request.message, memoryLimit);
  const {caller} = authenticate(request, signature, hash('sha256', bytes), authentication);
  const body: WireBody = {
    bytes: async () => bytes,
    stream: () => {
      throw new Error('Only S3 takes bodies as streams');
    },
  };
  return {asked: request, body, caller};
}

function asServiceError(error: unknown, {onBug}: ServeOptions): ServiceError {
  if (error instanceof ServiceError) return error;
  onBug(error);
  return new ServiceError('InternalError', `gear local has a bug: ${error instanceof Error ? error.message : error}`, {
    status: 500,
  });
}
