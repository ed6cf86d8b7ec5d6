import type {ApiRequest} from '../http-api.ts';

/** Path and query, taken apart as events tell them. */
export interface RequestTarget {
  /** Decoded; with the name of the stage in front, unless it is `$default`. */
  readonly rawPath: string;
  /** Decoded segments within the stage. */
  readonly segments: readonly string[];
  readonly queryString: string;
  /** Decoded, in the order in which they came. */
  readonly query: readonly (readonly [name: string, value: string])[];
}

export function readTarget({path, queryString}: ApiRequest, stageName: string): RequestTarget {
  const within = stageName === '$default' ? path : path.slice(stageName.length + 1) || '/';
  return {
    rawPath: decode(path),
    segments: within.split('/').slice(1).map(decode),
    queryString,
    query: [...new URLSearchParams(queryString)],
  };
}

/** What is no percent-encoding stands for itself. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
