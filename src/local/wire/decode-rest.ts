import {notImplemented} from '../service-error.ts';
import type {Members, Shape} from '../shape.ts';
import {bodyChecksum} from './body/checksum-header.ts';
import {checkRequired, memberShape} from './decode-members.ts';
import {decodeText, invalid, type Place, within} from './decode-text.ts';
import {isSignatureParameter} from './read-signature.ts';
import {header, type WireRequest} from './request.ts';
import type {RestRoute} from './rest-router.ts';

/** How the two REST protocols differ. */
export interface RestBody {
  /** The members that stand nowhere else in the request, from the document in its body. */
  document(members: Members, place: Place): Promise<Record<string, unknown>>;
  /** The one member that is the body; undefined for an empty document. */
  payload(shape: Shape, place: Place): Promise<unknown>;
}

/** The input of a REST operation from path, query, headers and body; what has no place in it is refused by name. */
export async function decodeRest(
  request: WireRequest,
  {operation, http, labels, flags}: RestRoute,
  members: Members,
  place: Place,
  body: RestBody,
): Promise<Record<string, unknown>> {
  const input: Record<string, unknown> = {};
  const shapeOf = (name: string): Shape => {
    const shape = memberShape(members, name);
    if (shape === undefined) throw new Error(`${operation.name} binds ${name}, which its input does not have`);
    return shape;
  };
  for (const [name, text] of Object.entries(labels)) input[name] = decodeText(shapeOf(name), text, within(place, name));
  decodeQueryMembers(request, http.query ?? {}, flags, shapeOf, place, input);
  decodeHeaders(request, http.headers ?? {}, shapeOf, place, input);
  if (http.payload !== undefined) {
    const value = await body.payload(shapeOf(http.payload), within(place, http.payload));
    if (value !== undefined) input[http.payload] = value;
  } else {
    const elsewhere = new Set([
      ...Object.keys(labels),
      ...Object.keys(http.query ?? {}),
      ...Object.keys(http.headers ?? {}),
    ]);
    const rest = Object.fromEntries(Object.entries(members).filter(([name]) => !elsewhere.has(name)));
    Object.assign(input, await body.document(rest, place));
  }
  checkRequired(members, input, place);
  return input;
}

function decodeQueryMembers(
  request: WireRequest,
  bound: Readonly<Record<string, string>>,
  flags: ReadonlySet<string>,
  shapeOf: (name: string) => Shape,
  place: Place,
  input: Record<string, unknown>,
): void {
  const members = new Map(Object.entries(bound).map(([member, name]) => [name, member]));
  for (const [name, text] of request.query) {
    const member = members.get(name);
    if (member !== undefined) {
      const shape = shapeOf(member);
      const here = within(place, member);
      if (shape.kind === 'list')
        input[member] = [...((input[member] as unknown[]) ?? []), decodeText(shape.member, text, here)];
      else input[member] = decodeText(shape, text, here);
    } else if (!flags.has(name) && !isTransportParameter(name))
      throw notImplemented(`the query parameter ${name} of ${place.operation}`);
  }
}

/** `x-id` is the SDK's own note of the operation; the rest belongs to a presigned URL. */
function isTransportParameter(name: string): boolean {
  return name === 'x-id' || isSignatureParameter(name);
}

function decodeHeaders(
  request: WireRequest,
  bound: Readonly<Record<string, string>>,
  shapeOf: (name: string) => Shape,
  place: Place,
  input: Record<string, unknown>,
): void {
  const known = new Set<string>();
  const prefixes: string[] = [];
  for (const [member, boundName] of Object.entries(bound)) {
    const name = boundName.toLowerCase();
    const shape = shapeOf(member);
    if (shape.kind === 'map') {
      prefixes.push(name);
      const values = headersUnder(request, name).map(([key, text]) => [
        key,
        decodeText(shape.value, text, within(place, key)),
      ]);
      if (values.length > 0) input[member] = Object.fromEntries(values);
      continue;
    }
    known.add(name);
    const text = header(request, name);
    if (text !== undefined) input[member] = decodeHeader(shape, text, within(place, member));
  }
  for (const name of Object.keys(request.headers)) {
    if (!name.startsWith('x-amz-') || known.has(name) || transportHeaders.has(name)) continue;
    if (bodyChecksum(request, name) !== undefined) continue;
    if (!prefixes.some(prefix => name.startsWith(prefix)))
      throw notImplemented(`the header ${name} of ${place.operation}`);
  }
}

function headersUnder(request: WireRequest, prefix: string): [string, string][] {
  return Object.keys(request.headers)
    .filter(name => name.startsWith(prefix))
    .map(name => [name.slice(prefix.length), utf8(header(request, name)!)]);
}

function decodeHeader(shape: Shape, text: string, place: Place): unknown {
  if (shape.kind === 'list') return text.split(',').map(item => decodeText(shape.member, item.trim(), place));
  if (shape.kind !== 'timestamp') return decodeText(shape, shape.kind === 'string' ? utf8(text) : text, place);
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? invalid(place, 'a date', text) : date;
}

/** Node reads headers as latin1; SDKs send UTF-8. */
function utf8(text: string): string {
  return /[\u0080-\u00ff]/.test(text) ? Buffer.from(text, 'latin1').toString('utf8') : text;
}

/** Headers that say how a request travels, not what it wants. */
const transportHeaders: ReadonlySet<string> = new Set([
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-decoded-content-length',
  'x-amz-sdk-checksum-algorithm',
  'x-amz-security-token',
  'x-amz-te',
  'x-amz-trailer',
  'x-amz-user-agent',
]);
