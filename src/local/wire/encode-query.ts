import {element, escapeXml, scalarText} from './encode-xml.ts';

/** The answer of a Query operation: lists are wrapped in `member`, a Map in `entry`. */
export function encodeQuery(operation: string, output: unknown, namespace: string, requestId: string): string {
  const result = members((output ?? {}) as Record<string, unknown>);
  return `<${operation}Response xmlns="${namespace}"><${operation}Result>${result}</${operation}Result><ResponseMetadata>${element('RequestId', requestId)}</ResponseMetadata></${operation}Response>`;
}

export function encodeQueryError(
  error: {readonly code: string; readonly message: string; readonly status: number},
  namespace: string,
  requestId: string,
): string {
  const type = error.status < 500 ? 'Sender' : 'Receiver';
  return `<ErrorResponse xmlns="${namespace}"><Error><Type>${type}</Type><Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
}

function members(value: Readonly<Record<string, unknown>>): string {
  return Object.entries(value)
    .map(([name, item]) => member(name, item))
    .join('');
}

function member(name: string, value: unknown): string {
  return value === undefined || value === null ? '' : `<${name}>${content(value)}</${name}>`;
}

function content(value: unknown): string {
  const text = scalarText(value);
  if (text !== undefined) return text;
  if (Array.isArray(value)) return value.map(item => member('member', item)).join('');
  if (value instanceof Map)
    return [...value].map(([key, item]) => `<entry>${member('key', key)}${member('value', item)}</entry>`).join('');
  return members(value as Record<string, unknown>);
}
