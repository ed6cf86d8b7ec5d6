import type {Access} from '../access/access.ts';
import type {Caller} from '../caller.ts';
import type {Clock} from '../clock.ts';
import type {ServiceError} from '../service-error.ts';
import type {StageRecord} from '../services/apigatewayv2/records.ts';

export interface FunctionCaller {
  readonly access: Pick<Access, 'call'>;
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
}

export interface FunctionCall {
  readonly functionArn: string;
  /** After `arn:aws:execute-api:region:account:`; what the function's policy must let in. */
  readonly source: string;
  readonly event: object;
  readonly stage: StageRecord;
  readonly requestId: string;
  readonly timeout: number;
}

/** `timeout` when the function takes longer than API Gateway waits. Throws what access or Lambda throws. */
export async function callFunction(
  {functionArn, source, event, stage, requestId, timeout}: FunctionCall,
  place: FunctionCaller,
): Promise<{readonly payload: Uint8Array; readonly functionError?: string} | 'timeout'> {
  const {access, clock, account} = place;
  const caller: Caller = {
    kind: 'service',
    principal: 'apigateway.amazonaws.com',
    sourceArn: sourceArn(source, place),
    sourceAccount: account,
  };
  const invocation = access.call<{Payload: Uint8Array; FunctionError?: string}>(
    caller,
    'lambda',
    'Invoke',
    {FunctionName: withVariables(functionArn, stage), Payload: Buffer.from(JSON.stringify(event))},
    {requestId},
  );
  // Nobody waits for a function that has been given up, nor for how it fails.
  invocation.catch(() => {});
  let cancel = () => {};
  const late = new Promise<'timeout'>(resolve => {
    cancel = clock.after(timeout, () => resolve('timeout'));
  });
  try {
    const answer = await Promise.race([invocation, late]);
    if (answer === 'timeout') return answer;
    const {Payload: payload, FunctionError: functionError} = answer;
    return {payload, ...(functionError !== undefined && {functionError})};
  } finally {
    cancel();
  }
}

function withVariables(arn: string, {stageVariables}: StageRecord): string {
  return arn.replaceAll(/\$\{stageVariables\.(\w+)\}/g, (_, name: string) => stageVariables[name] ?? '');
}

/** Why a call failed; a denied one says what the function's policy would have to name. */
export function describeFailedCall({code, message}: ServiceError, source: string, place: FunctionCaller): string {
  return code === 'AccessDeniedException' ? `${message}. Its aws:SourceArn is ${sourceArn(source, place)}` : message;
}

function sourceArn(source: string, {account, region}: FunctionCaller): string {
  return `arn:aws:execute-api:${region}:${account}:${source}`;
}
