import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {blob, required, string, structure} from '../../../shape.ts';
import {checkEnum, tooLarge} from '../errors.ts';
import {onFunction} from '../function-name.ts';
import type {InvocationTarget, LambdaStore} from '../store.ts';

const maximumPayload = 6_291_456;
const maximumEvent = 1_048_576;
/** Of the log that comes back with an answer. */
const tailBytes = 4096;

export const invoke = operationOf<LambdaStore>()({
  name: 'Invoke',
  input: structure({
    FunctionName: required(string),
    Qualifier: string,
    InvocationType: string,
    LogType: string,
    ClientContext: string,
    Payload: blob,
  }),
  http: {
    method: 'POST',
    path: '/2015-03-31/functions/{FunctionName}/invocations',
    query: {Qualifier: 'Qualifier'},
    headers: {
      InvocationType: 'X-Amz-Invocation-Type',
      LogType: 'X-Amz-Log-Type',
      ClientContext: 'X-Amz-Client-Context',
    },
    payload: 'Payload',
    responseHeaders: {
      FunctionError: 'X-Amz-Function-Error',
      LogResult: 'X-Amz-Log-Result',
      ExecutedVersion: 'X-Amz-Executed-Version',
    },
    responsePayload: 'Payload',
  },
  permissions: (input, context) => [onFunction('InvokeFunction', input, context)],
  async run(input, context, store) {
    const {InvocationType = 'RequestResponse', LogType = 'None', Payload} = input;
    checkEnum('invocationType', InvocationType, ['Event', 'RequestResponse', 'DryRun']);
    checkEnum('logType', LogType, ['None', 'Tail']);
    const reference = store.reference(input.FunctionName, input.Qualifier);
    const target = store.target(reference);
    if (InvocationType === 'DryRun') return {$status: 204, StatusCode: 204};
    const request = {
      requestId: context.requestId,
      payload: checkPayload(Payload, InvocationType === 'Event' ? maximumEvent : maximumPayload),
      ...(input.ClientContext !== undefined && {
        clientContext: readClientContext(input.ClientContext),
      }),
    };
    if (InvocationType === 'Event') {
      const now = context.clock.now();
      store.queueAsyncInvocation({
        ...request,
        payload: Buffer.from(request.payload).toString(),
        functionName: reference.name,
        ...(reference.qualifier !== undefined && {qualifier: reference.qualifier}),
        acceptedAt: now,
        notBefore: now,
        failures: 0,
        throttles: 0,
      });
      return {$status: 202, StatusCode: 202};
    }
    return await answer(target, request, LogType, store);
  },
});

async function answer(
  target: InvocationTarget,
  request: Parameters<LambdaStore['invoke']>[1],
  logType: string,
  store: LambdaStore,
) {
  const {payload, functionError, log} = await store.invoke(target, request);
  return {
    StatusCode: 200,
    ...(functionError !== undefined && {FunctionError: functionError}),
    ...(logType === 'Tail' && {LogResult: Buffer.from(log).subarray(-tailBytes).toString('base64')}),
    ExecutedVersion: target.configuration.Version,
    Payload: payload,
  };
}

/** Lambda takes JSON only, and an invocation without a payload for one with `{}`. */
function checkPayload(payload: Uint8Array | undefined, maximum: number): Uint8Array {
  if (payload === undefined || payload.length === 0) return Buffer.from('{}');
  if (payload.length > maximum)
    throw tooLarge(`${payload.length} byte payload is too large for the invocation type (limit ${maximum} bytes)`);
  try {
    JSON.parse(Buffer.from(payload).toString());
    return payload;
  } catch (error) {
    throw new ServiceError(
      'InvalidRequestContentException',
      `Could not parse request body into json: ${(error as Error).message}`,
      {members: {Type: 'User'}},
    );
  }
}

function readClientContext(base64: string): string {
  const text = Buffer.from(base64, 'base64').toString();
  try {
    JSON.parse(text);
    return text;
  } catch {
    throw new ServiceError(
      'InvalidRequestContentException',
      'Client context must be a valid Base64-encoded JSON object.',
    );
  }
}
