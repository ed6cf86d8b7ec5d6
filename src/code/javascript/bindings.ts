import {isFunctionNode, type Node, type SyntaxTree} from './syntax-tree.ts';

/** What a name of the program stands for. */
export interface Binding {
  readonly name: string;
  readonly kind: 'import' | 'parameter' | 'variable' | 'function' | 'class';
  /** The whole program, a function, or a block. */
  readonly scope: Node;
  /** Of a variable what it is declared as, of a function itself, of an import its specifier. */
  readonly value: Node | undefined;
  /** The names by which it is taken out of its value: `const {S3Client} = ...`. Undefined when that is a pattern. */
  readonly path: readonly string[] | undefined;
  readonly assignments: readonly Node[];
  readonly references: readonly Node[];
}

export interface Bindings {
  /** Undefined for a global. */
  of(identifier: Node): Binding | undefined;
  /** Of an import's specifier. */
  declarationOf(specifier: Node): Node | undefined;
}

interface Mutable extends Binding {
  readonly assignments: Node[];
  readonly references: Node[];
}

export function readBindings(tree: SyntaxTree): Bindings {
  const scopes = new Map<Node, Map<string, Mutable>>();
  const declare = (scope: Node, made: Omit<Mutable, 'assignments' | 'references' | 'scope'>) => {
    const names = scopes.get(scope) ?? new Map<string, Mutable>();
    scopes.set(scope, names);
    // A second `var` of a name is no second variable, and nothing is known of what it holds.
    const before = names.get(made.name);
    names.set(made.name, {
      ...made,
      ...(before === undefined ? {} : {value: undefined, path: undefined}),
      scope,
      assignments: [],
      references: [],
    });
  };
  // From scope to scope: a chain of thousands of calls is thousands of nodes deep.
  const around = new Map<Node, Node>();
  for (const node of tree.nodes) {
    const parent = tree.parentOf(node);
    if (parent !== undefined) around.set(node, isBlock(parent) ? parent : around.get(parent)!);
  }
  const scopeAround = (node: Node, isScope: (node: Node) => boolean): Node => {
    let at = around.get(node);
    while (at !== undefined && !isScope(at)) at = around.get(at);
    return at ?? tree.program;
  };
  for (const node of tree.nodes) {
    if (node.type === 'VariableDeclaration') {
      const scope = scopeAround(node, node.kind === 'var' ? isFunctionNode : isBlock);
      for (const {id, init} of node.declarations)
        for (const {name, path} of namesIn(id))
          declare(scope, {name, kind: 'variable', value: init ?? undefined, path});
    }
    if (isFunctionNode(node)) {
      if (node.type === 'FunctionDeclaration' && node.id !== null)
        declare(scopeAround(node, isBlock), {name: node.id.name, kind: 'function', value: node, path: []});
      for (const parameter of node.params)
        for (const {name} of namesIn(parameter))
          declare(node, {name, kind: 'parameter', value: undefined, path: undefined});
    }
    if (node.type === 'ClassDeclaration' && node.id !== null)
      declare(scopeAround(node, isBlock), {name: node.id.name, kind: 'class', value: node, path: []});
    if (node.type === 'CatchClause' && node.param)
      for (const {name} of namesIn(node.param))
        declare(node, {name, kind: 'parameter', value: undefined, path: undefined});
    if (node.type === 'ImportDeclaration')
      for (const specifier of node.specifiers)
        declare(tree.program, {name: specifier.local.name, kind: 'import', value: specifier, path: []});
  }
  const find = (identifier: Node): Mutable | undefined => {
    if (identifier.type !== 'Identifier') return undefined;
    for (let at: Node | undefined = identifier; at !== undefined; at = around.get(at)) {
      const found = scopes.get(at)?.get(identifier.name);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  for (const node of tree.nodes) {
    if (node.type === 'Identifier' && !isPropertyName(node, tree.parentOf(node))) find(node)?.references.push(node);
    if (node.type === 'AssignmentExpression')
      for (const {identifier} of namesIn(node.left)) find(identifier)?.assignments.push(node);
    if (node.type === 'UpdateExpression') find(node.argument)?.assignments.push(node);
    if ((node.type === 'ForOfStatement' || node.type === 'ForInStatement') && node.left.type !== 'VariableDeclaration')
      for (const {identifier} of namesIn(node.left)) find(identifier)?.assignments.push(node);
  }
  return {of: find, declarationOf: specifier => tree.parentOf(specifier)};
}

const blocks = new Set([
  'Program',
  'BlockStatement',
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'SwitchStatement',
  'StaticBlock',
  'CatchClause',
]);

function isBlock(node: Node): boolean {
  return blocks.has(node.type) || isFunctionNode(node);
}

interface BoundName {
  readonly name: string;
  readonly identifier: Node;
  readonly path: readonly string[] | undefined;
}

function namesIn(pattern: Node, path: readonly string[] | undefined = []): readonly BoundName[] {
  switch (pattern.type) {
    case 'Identifier':
      return [{name: pattern.name, identifier: pattern, path}];
    case 'ObjectPattern':
      return pattern.properties.flatMap(property => {
        if (property.type === 'RestElement') return namesIn(property.argument, undefined);
        const key = !property.computed && property.key.type === 'Identifier' ? property.key.name : undefined;
        return namesIn(property.value, key === undefined || path === undefined ? undefined : [...path, key]);
      });
    case 'ArrayPattern':
      return pattern.elements.flatMap(element => (element === null ? [] : namesIn(element, undefined)));
    case 'AssignmentPattern':
      return namesIn(pattern.left, undefined);
    case 'RestElement':
      return namesIn(pattern.argument, undefined);
    default:
      return [];
  }
}

function isPropertyName(node: Node, parent: Node | undefined): boolean {
  if (parent?.type === 'MemberExpression') return parent.property === node && !parent.computed;
  return parent?.type === 'Property' && parent.key === node && !parent.computed && !parent.shorthand;
}
