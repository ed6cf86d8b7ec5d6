/**
 * The members an operation takes. A member that is not listed is refused by name, so a shape is at once the
 * validation, the type of the input, and the table from which the protocols decode text into values.
 */
export type Shape<T = unknown> = ShapeKind & {readonly type?: T};

type ShapeKind =
  | {readonly kind: 'string' | 'integer' | 'double' | 'boolean' | 'timestamp' | 'blob' | 'stream' | 'document'}
  /** `item` is the name of the wrapped element in XML; without it the list is flattened there. */
  | {readonly kind: 'list'; readonly member: Shape; readonly item?: string}
  | {readonly kind: 'map'; readonly value: Shape}
  | {readonly kind: 'structure'; readonly members: Members};

export type Members = Readonly<Record<string, Shape | Required<unknown>>>;

interface Required<T> {
  readonly required: Shape<T>;
}

type InferMembers<M extends Members> = {
  readonly [K in keyof M as M[K] extends Required<unknown> ? K : never]: M[K] extends Required<infer T> ? T : never;
} & {
  readonly [K in keyof M as M[K] extends Required<unknown> ? never : K]?: M[K] extends Shape<infer T>
    ? T | undefined
    : never;
};

export const string: Shape<string> = {kind: 'string'};
export const integer: Shape<number> = {kind: 'integer'};
export const double: Shape<number> = {kind: 'double'};
export const boolean: Shape<boolean> = {kind: 'boolean'};
/** On the wire epoch seconds in JSON, ISO 8601 elsewhere. */
export const timestamp: Shape<Date> = {kind: 'timestamp'};
/** On the wire base64, or the raw body where it is the payload. */
export const blob: Shape<Uint8Array> = {kind: 'blob'};
/** The request body, not read yet. */
export const stream: Shape<NodeJS.ReadableStream> = {kind: 'stream'};
/** Any JSON value, taken as it is: the operation itself refuses what it does not know in it. */
// biome-ignore lint/suspicious/noExplicitAny: an open document has no narrower type
export const document: Shape<any> = {kind: 'document'};

export function list<T>(member: Shape<T>, item?: string): Shape<readonly T[]> {
  return item === undefined ? {kind: 'list', member} : {kind: 'list', member, item};
}

export function map<T>(value: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return {kind: 'map', value};
}

export function structure<M extends Members>(members: M): Shape<InferMembers<M>> {
  return {kind: 'structure', members};
}

export function required<T>(shape: Shape<T>): Required<T> {
  return {required: shape};
}

export function isRequired(member: Shape | Required<unknown>): member is Required<unknown> {
  return 'required' in member;
}

export type Infer<S> = S extends Shape<infer T> ? T : never;
