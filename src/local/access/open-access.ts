import {randomUUID} from 'node:crypto';
import type {AssumedRole, Caller} from '../caller.ts';
import type {Clock} from '../clock.ts';
import type {Disorder} from '../disorder.ts';
import type {Identity} from '../identity.ts';
import type {Operation, PermissionRequest, RequestContext, Service} from '../operation.ts';
import {notImplemented} from '../service-error.ts';
import type {State} from '../state.ts';
import type {Access, CallOptions, Credentials} from './access.ts';
import {accessDenied} from './access-denied.ts';
import {type Authorization, authorize, nameOf} from './authorize.ts';
import {CredentialStore} from './credentials.ts';
import {type AccessRecord, openRecord} from './record.ts';
import {ResourcePolicies} from './resource-policies.ts';
import {throttling} from './throttling.ts';

interface AccessOptions {
  /** By name; a map may be filled after access is opened, so that services can be given it. */
  readonly services: ReadonlyMap<string, Service>;
  readonly identity: Identity;
  readonly state: State;
  readonly clock: Clock;
  /** What credentials expire by, as their holders see the time; `clock` unless said. */
  readonly machineClock?: Clock;
  readonly disorder?: Disorder | undefined;
  readonly account: string;
  readonly region: string;
  /** Asked at each call: the port is known only once the server listens. */
  readonly endpoint: () => string;
}

export interface OpenAccess extends Access {
  /** Random for each state folder, and kept in it. */
  readonly developer: Credentials;
  readonly record: AccessRecord;
  /** Call it before the state is closed. */
  close(): void;
}

export function openAccess(options: AccessOptions): OpenAccess {
  const {services, identity, state, clock, account, region, endpoint} = options;
  const credentials = new CredentialStore({...options, clock: options.machineClock ?? clock});
  const record = openRecord({state, clock});
  const resourcePolicies = new ResourcePolicies(name => services.get(name), region);
  const never = new AbortController().signal;
  const decide = (caller: Caller, request: PermissionRequest): Authorization =>
    authorize(caller, request, {identity, resourcePolicies, clock, account, region});

  const contextOf = (
    service: string,
    caller: Caller,
    {requestId = randomUUID(), signal = never, via}: CallOptions,
  ): RequestContext => ({
    caller,
    account,
    region,
    requestId,
    endpoint: endpoint(),
    clock,
    signal,
    ...(via === undefined ? {} : {via}),
    call: (other, operation, input, as) =>
      call(as ?? caller, other, operation, input, {requestId, signal, via: service}),
    allows: request => decide(caller, request).decision.allowed,
  });

  async function call<T>(
    caller: Caller,
    serviceName: string,
    operationName: string,
    input: object,
    callOptions: CallOptions = {},
  ): Promise<T> {
    const {service, operation} = find(services, serviceName, operationName);
    const context = contextOf(serviceName, caller, callOptions);
    let denial: string | undefined;
    // A call that is denied one of its permissions still needs the others: all are looked at and recorded.
    for (const request of operation.permissions(input, context, service.store)) {
      const {decision, message} = decide(caller, request);
      const {allowed, matched} = decision;
      record.append({
        time: clock.now(),
        requestId: context.requestId,
        caller: nameOf(caller),
        ...(caller.kind === 'role' ? ofRole(caller) : {}),
        action: request.action,
        resource: request.resource,
        allowed,
        matched,
        ...(message === undefined ? {} : {message}),
      });
      if (!allowed) denial ??= message;
    }
    if (denial !== undefined) throw accessDenied(service, denial);
    const throttled = throttling(caller, serviceName, operationName, options.disorder);
    if (throttled !== undefined) throw throttled;
    // The caller says what the answer is; each operation says so itself with `satisfies`.
    return (await operation.run(input, context, service.store)) as T;
  }

  return {
    developer: credentials.developer,
    record,
    credentialsOf: accessKeyId => credentials.find(accessKeyId),
    issueCredentials: (caller, lifetimeSeconds) => credentials.issue(caller, lifetimeSeconds),
    call,
    allows: (caller, request) => decide(caller, request).decision.allowed,
    close: () => record.close(),
  };
}

function find(
  services: ReadonlyMap<string, Service>,
  serviceName: string,
  operationName: string,
): {service: Service; operation: Operation<unknown>} {
  const service = services.get(serviceName);
  if (service === undefined) throw notImplemented(`the service ${serviceName}`);
  const operation = service.operations.find(candidate => candidate.name === operationName);
  if (operation === undefined) throw notImplemented(`${serviceName}:${operationName}`);
  return {service, operation};
}

function ofRole({roleArn, functionName, onBehalf}: AssumedRole) {
  return {
    roleArn,
    ...(functionName === undefined ? {} : {functionName}),
    ...(onBehalf === undefined ? {} : {onBehalf}),
  };
}
