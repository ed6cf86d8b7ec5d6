import type {StackEvent} from './events.ts';

/** Why something failed, without what CloudFormation wraps around it. */
export interface FailureReason {
  readonly text: string;
  /** `AlreadyExists`, `AccessDenied`: CloudFormation's word for it, or the service's. */
  readonly code: string | undefined;
}

/**
 * Handlers answer `Resource handler returned message: "..." (RequestToken: ..., HandlerErrorCode: ...)`, some over
 * several lines, some with a full stop.
 */
export function readReason(reason: string): FailureReason {
  const [, code] = /(?:HandlerErrorCode|Error Code): (\w+)/.exec(reason) ?? [];
  const [, quoted] = /^Resource handler returned message: "([\s\S]*)" \(RequestToken: [^)]*\)\.?$/.exec(reason) ?? [];
  const text = (quoted ?? reason)
    .replace(/ ?\((?:RequestToken|Service: \w+, Status Code|Request ID|SDK Attempt Count)[^)]*\)/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\.$/, '');
  return {text, code};
}

export function failureReason({status, reason, code, hook}: StackEvent): FailureReason {
  if (hook === undefined) return {text: reason ?? status, code};
  return {text: `the hook ${hook.type} refused it: ${hook.reason ?? 'it gave no reason'}`, code: undefined};
}

/** The property that a reason is about, as a path in the resource's `Properties`. */
export function namedProperty(reason: string, properties: unknown): readonly (string | number)[] | undefined {
  // `Properties validation failed for resource Queue with message: #/RedrivePolicy/maxReceiveCount: ...`
  const [, pointer] = /#\/([\w/]+): /.exec(reason) ?? [];
  if (pointer !== undefined) return pointer.split('/').map(part => (/^\d+$/.test(part) ? Number(part) : part));
  const [, unsupported] = /unsupported property (\w+)/i.exec(reason) ?? [];
  if (unsupported !== undefined) return [unsupported];
  if (typeof properties !== 'object' || properties === null) return undefined;
  const words = [...reason.matchAll(/(?: at|parameter|property|field|value for) '?(\w+)/gi)].map(([, word]) =>
    word!.toLowerCase(),
  );
  const name = Object.keys(properties).find(key => words.includes(key.toLowerCase()));
  return name === undefined ? undefined : [name];
}
