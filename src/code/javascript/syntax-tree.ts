import {
  type AnyNode,
  type ArrowFunctionExpression,
  type FunctionDeclaration,
  type FunctionExpression,
  parse,
} from 'acorn';

export type Node = AnyNode;

/** A file's syntax, with the way up that the parser does not keep. */
export interface SyntaxTree {
  readonly program: Node;
  /** In the order of the text. */
  readonly nodes: readonly Node[];
  parentOf(node: Node): Node | undefined;
  positionOf(node: Node): Position;
}

export interface Position {
  /** Both start at 1. */
  readonly line: number;
  readonly column: number;
}

/** Throws SyntaxError for what is no JavaScript, and RangeError for what nests beyond all reason. */
export function parseSyntax(text: string): SyntaxTree {
  const program = parseEither(text);
  const parents = new Map<Node, Node>();
  const nodes: Node[] = [];
  // A list of its own and no recursion: a bundle may nest deeper than the stack.
  const open: Node[] = [program];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    nodes.push(node);
    for (const child of childrenOf(node).reverse()) {
      parents.set(child, node);
      open.push(child);
    }
  }
  return {
    program,
    nodes,
    parentOf: node => parents.get(node),
    positionOf({start}) {
      const before = text.slice(0, start);
      const lineStart = before.lastIndexOf('\n') + 1;
      return {line: before.split('\n').length, column: start - lineStart + 1};
    },
  };
}

/** A file does not say which of the two it is: CommonJS may have `with`, `await` as a name and a return at the top. */
function parseEither(text: string): Node {
  const options = {ecmaVersion: 'latest', allowHashBang: true} as const;
  try {
    return parse(text, {...options, sourceType: 'module'});
  } catch {
    return parse(text, {...options, sourceType: 'commonjs'});
  }
}

/** In the order of the text, in which the parser makes a node's members but for a few. */
export function childrenOf(node: Node): Node[] {
  return Object.values(node)
    .flatMap((child: unknown) => (Array.isArray(child) ? child : [child]))
    .filter(isNode)
    .sort((a, b) => a.start - b.start);
}

/** All of them, in the order of the text. */
export function nodesBelow(node: Node): readonly Node[] {
  const nodes: Node[] = [];
  const open = childrenOf(node).reverse();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    nodes.push(next);
    open.push(...childrenOf(next).reverse());
  }
  return nodes;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

export type FunctionNode = ArrowFunctionExpression | FunctionDeclaration | FunctionExpression;

export function isFunctionNode(node: Node | undefined): node is FunctionNode {
  return (
    node?.type === 'ArrowFunctionExpression' ||
    node?.type === 'FunctionDeclaration' ||
    node?.type === 'FunctionExpression'
  );
}
