import {malformedQuery} from './malformed-query.ts';

export interface Token {
  readonly kind: 'number' | 'string' | 'regex' | 'name' | 'sign';
  /** Without the quotes, slashes or backticks around it. */
  readonly text: string;
}

const pattern =
  /\s*(?:(?<number>\d+(?:\.\d+)?)|"(?<double>[^"]*)"|'(?<single>[^']*)'|`(?<quoted>[^`]+)`|\/(?<regex>(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\[])+)\/|(?<name>[@A-Za-z_][\w@.]*)|(?<sign><=|>=|!=|[=<>|,()[\]:*]))/y;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html */
export function tokensOf(query: string): readonly Token[] {
  const tokens: Token[] = [];
  const text = query.trimEnd();
  pattern.lastIndex = 0;
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const groups = pattern.exec(text)?.groups;
    if (groups === undefined) throw malformedQuery(`unexpected symbol found at ${text.slice(at, at + 20).trim()}`);
    const {number, double, single, quoted, regex, name, sign} = groups;
    if (number !== undefined) tokens.push({kind: 'number', text: number});
    else if ((double ?? single) !== undefined) tokens.push({kind: 'string', text: (double ?? single)!});
    else if (regex !== undefined) tokens.push({kind: 'regex', text: regex});
    else if ((quoted ?? name) !== undefined) tokens.push({kind: 'name', text: (quoted ?? name)!});
    else tokens.push({kind: 'sign', text: sign!});
  }
  return tokens;
}
