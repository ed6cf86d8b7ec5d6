import {type Comment, commentsOf} from '../../cloudformation/comments.ts';
import type {PlacedTemplate} from '../../cloudformation/placed-template.ts';
import {type Ignore, ignoreOf} from '../../model/ignore.ts';

/**
 * `# gear-ignore iam/wildcard-resource until 2027-03-31: queues are made at run time`, behind what it is about or on
 * the lines above. Above or behind a logical ID it is about the whole resource.
 */
export function readIgnoreComments(template: PlacedTemplate): readonly Ignore[] {
  return ignoreComments(template, (line, reading) => subjectOf(line, {template, ...reading}));
}

type Subject = Pick<Ignore, 'resource' | 'place' | 'problem'>;

interface CommentedText {
  readonly comments: readonly Comment[];
  readonly lines: readonly string[];
}

/** `subjectAt` tells what stands at the line that a comment is about. */
export function ignoreComments(
  {text, file}: Pick<PlacedTemplate, 'text' | 'file'>,
  subjectAt: (line: number, reading: CommentedText) => Subject,
): readonly Ignore[] {
  const comments = commentsOf(text);
  const lines = text.split('\n');
  return comments
    .filter(({text: said}) => /^gear-ignore\b/.test(said))
    .map(comment => {
      const [, rule = '', expires = '', reason = ''] = grammar.exec(comment.text) ?? [];
      return ignoreOf(
        {rule, reason: reason.trim(), expires},
        {
          origin: {file, line: comment.line, column: comment.column},
          ...subjectAt(comment.trailing ? comment.line : nextLine(comment, lines), {comments, lines}),
          ...(grammar.test(comment.text)
            ? {}
            : {problem: 'it is not of the form gear-ignore RULE [until DATE]: REASON'}),
        },
      );
    });
}

const grammar = /^gear-ignore\s+([^\s:]+)(?:\s+until\s+([^\s:]+))?\s*:(.*)$/;

/** Comments may stand one below the other. */
function nextLine({line}: Comment, lines: readonly string[]): number {
  const below = lines.slice(line).findIndex(text => !/^\s*(#.*)?\r?$/.test(text));
  return below < 0 ? line : line + below + 1;
}

/** What a line says besides its comment. */
export function withoutComment(line: number, {comments, lines}: CommentedText): string {
  const comment = comments.find(({line: own, trailing}) => trailing && own === line);
  return (lines[line - 1] ?? '').slice(0, comment === undefined ? undefined : comment.column - 1);
}

function subjectOf(line: number, {template, ...reading}: CommentedText & {readonly template: PlacedTemplate}): Subject {
  const {lines} = reading;
  const text = withoutComment(line, reading);
  const lineStart = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  // Behind the dashes of a list, where its entry begins.
  const offset = lineStart + Math.max(text.search(/[^\s-]/), 0);
  const paths = template.pathsAt(offset).filter(([section, id]) => section === 'Resources' && id !== undefined);
  const [whole] = paths;
  if (whole === undefined) return {resource: '', problem: 'it stands at no resource'};
  const resource = whole[1]!;
  const lineOf = (path: readonly string[]) => {
    const origin = template.originOf(path);
    return 'line' in origin ? origin.line : 0;
  };
  if (lineOf(whole) === line) return {resource};
  return {resource, place: {line, text: text.trim(), within: [...new Set(paths.map(lineOf))]}};
}
