import {type Document, type DocumentOptions, type ParseOptions, parseDocument, type SchemaOptions} from 'yaml';
import {endsInComment} from './ends-in-comment.ts';

type Options = ParseOptions & DocumentOptions & SchemaOptions;

/**
 * A document whose offsets are those of `text`. Lines inside brackets may stand further left than the grammar has
 * them: CloudFormation, cfn-lint and PyYAML take that, and the parser here does not.
 */
export function parseYaml(text: string, options: Options): Document.Parsed {
  const first = parseDocument(text, options);
  let document = first;
  let joined = text;
  for (let attempts = 0; attempts < mostLines; attempts++) {
    const problem = document.errors.find(({code, message}) => code === 'BAD_INDENT' && looseFlow.test(message));
    if (problem === undefined) return document.errors.length === 0 ? document : first;
    const newline = joined.lastIndexOf('\n', problem.pos[0]);
    if (newline < 0 || endsInComment(joined, newline)) return first;
    joined = `${joined.slice(0, newline)} ${joined.slice(newline + 1)}`;
    document = parseDocument(joined, options);
  }
  return first;
}

/** Each costs another reading. */
const mostLines = 50;

const looseFlow = /^Flow (map|sequence) in block collection must be sufficiently indented/;
