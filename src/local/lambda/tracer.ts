import {randomBytes} from 'node:crypto';
import type {Access} from '../access/access.ts';
import type {Clock} from '../clock.ts';
import {ServiceError} from '../service-error.ts';
import {executionRole} from '../services/lambda/execution-role.ts';
import type {FunctionConfiguration} from '../services/lambda/function-configuration.ts';
import type {TraceContext} from './trace-id.ts';

interface TracerOptions {
  readonly configuration: FunctionConfiguration;
  readonly access: Access;
  readonly clock: Clock;
}

/** How an invocation went, as its segments tell it. */
export interface TracedInvocation {
  readonly trace: TraceContext;
  readonly requestId: string;
  /** Milliseconds. */
  readonly duration: number;
  /** Of the environment's start, on its first invocation. */
  readonly initDuration: number | undefined;
  readonly failed: boolean;
}

/**
 * What Lambda sends to X-Ray with the function's role: a segment of its own and one of the function for each
 * invocation, and once for an environment what the daemon in it tells of itself. What the role may not send is lost.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html
 */
export class Tracer {
  readonly #options: TracerOptions;
  #introduced = false;

  constructor(options: TracerOptions) {
    this.#options = options;
  }

  async send(invocation: TracedInvocation): Promise<void> {
    if (!invocation.trace.sampled) return;
    await this.#call('PutTraceSegments', {TraceSegmentDocuments: this.#segments(invocation)});
    if (this.#introduced) return;
    this.#introduced = true;
    const Timestamp = new Date(this.#options.clock.now());
    await this.#call('PutTelemetryRecords', {TelemetryRecords: [{Timestamp, SegmentsSentCount: 1}]});
  }

  #segments({trace, requestId, duration, initDuration, failed}: TracedInvocation): readonly string[] {
    const {FunctionName, FunctionArn} = this.#options.configuration;
    const end = this.#options.clock.now() / 1000;
    const start = end - duration / 1000;
    const outcome = {end_time: end, ...(failed && {fault: true})};
    const subsegment = (name: string, from: number, to: number) => ({
      id: newId(),
      name,
      start_time: from,
      end_time: to,
    });
    const service = {id: newId(), trace_id: trace.traceId, name: FunctionName, start_time: start, ...outcome};
    const own = {...service, id: trace.segmentId, parent_id: service.id};
    return [
      {...service, origin: 'AWS::Lambda', resource_arn: FunctionArn, aws: {request_id: requestId}},
      {
        ...own,
        origin: 'AWS::Lambda::Function',
        aws: {function_arn: FunctionArn},
        subsegments: [
          ...(initDuration === undefined ? [] : [subsegment('Initialization', start - initDuration / 1000, start)]),
          subsegment('Invocation', start, end),
        ],
      },
    ].map(segment => JSON.stringify(segment));
  }

  async #call(operation: string, input: object): Promise<void> {
    const {access, configuration} = this.#options;
    const caller = executionRole(configuration, {onBehalf: 'lambda'});
    try {
      await access.call(caller, 'xray', operation, input);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
    }
  }
}

function newId(): string {
  return randomBytes(8).toString('hex');
}
