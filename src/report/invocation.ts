import type {Invocation} from '../recovery/invoke.ts';

/** What the function answered; nothing for one that was only accepted. */
export function answerText({payload, error}: Invocation): string {
  if (error !== undefined || payload === undefined) return '';
  return typeof payload === 'string' ? payload : JSON.stringify(payload, null, 2);
}

export function functionErrorText(
  name: string,
  {type, message, stack}: NonNullable<Invocation['error']>,
  paint: {red(text: string): string; dim(text: string): string},
): string {
  return [
    `${paint.red(`${name} failed with ${type}:`)} ${message}`,
    ...stack.map(line => paint.dim(`    ${line.trim()}`)),
  ].join('\n');
}

export function acceptedText(name: string, {requestId}: Invocation): string {
  return `${name} was given the event${requestId === undefined ? '' : `, request ${requestId}`}`;
}
