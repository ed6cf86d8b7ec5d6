import type {Binding, Bindings} from './bindings.ts';
import {functionOf} from './handler-function.ts';
import {isFunctionNode, type Node, nodesBelow, type SyntaxTree} from './syntax-tree.ts';

/** Whether what an expression gives could still be there in the next invocation; true also where that cannot be told. */
export function mayBeKept(expression: Node, tree: SyntaxTree, bindings: Bindings, depth = 0): boolean {
  if (depth > 10) return true;
  let node = expression;
  for (let parent = tree.parentOf(node); parent !== undefined; node = parent, parent = tree.parentOf(parent)) {
    switch (parent.type) {
      case 'AssignmentExpression': {
        if (parent.operator !== '=' || parent.left.type !== 'Identifier') return true;
        const binding = bindings.of(parent.left);
        return binding === undefined || isOfModule(binding) || localIsKept(binding, tree, bindings, depth);
      }
      case 'VariableDeclarator': {
        if (parent.id.type !== 'Identifier') return false;
        const binding = bindings.of(parent.id);
        return binding === undefined || localIsKept(binding, tree, bindings, depth);
      }
      case 'LogicalExpression':
      case 'ConditionalExpression':
      case 'YieldExpression':
        return true;
      case 'CallExpression':
        if (parent.callee !== node && storing(parent)) return true;
        break;
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
        return isPassedOn(parent, tree);
      case 'ReturnStatement': {
        const fn = functionAround(parent, tree);
        return fn !== undefined && fn.type !== 'FunctionDeclaration' && isPassedOn(fn, tree);
      }
      default:
        if (/(Statement|Declaration|Program)$/.test(parent.type)) return false;
    }
  }
  return false;
}

/** A callback that gives it back to a function that may remember it. */
function isPassedOn(fn: Node, tree: SyntaxTree): boolean {
  const parent = tree.parentOf(fn);
  if (parent?.type !== 'CallExpression' || parent.callee === fn) return false;
  const {callee} = parent;
  const called = callee.type === 'MemberExpression' ? callee.property : callee;
  return !(called.type === 'Identifier' && /^(map|forEach|flatMap|filter|reduce|some|every|then)$/.test(called.name));
}

function storing({callee}: Extract<Node, {type: 'CallExpression'}>): boolean {
  const called = callee.type === 'MemberExpression' ? callee.property : callee;
  return (
    called.type === 'Identifier' &&
    /^(set|put|add|push|unshift|register|bind)|memo|once|cache|lazy|singleton/i.test(called.name)
  );
}

function localIsKept(binding: Binding, tree: SyntaxTree, bindings: Bindings, depth: number): boolean {
  return binding.references.some(reference => {
    const parent = tree.parentOf(reference);
    if (parent?.type === 'VariableDeclarator' && parent.id === reference) return false;
    if (parent?.type === 'AssignmentExpression' && parent.left === reference) return false;
    if (parent?.type === 'MemberExpression') return false;
    return mayBeKept(reference, tree, bindings, depth + 1);
  });
}

export function isOfModule({scope}: Binding): boolean {
  return scope.type === 'Program';
}

function functionAround(node: Node, tree: SyntaxTree): Node | undefined {
  let at = tree.parentOf(node);
  while (at !== undefined && !isFunctionNode(at)) at = tree.parentOf(at);
  return at;
}

/** Whether a node runs only sometimes in its function, or after something that the module remembers was looked at. */
export function isConditional(node: Node, fn: Node, tree: SyntaxTree, bindings: Bindings): boolean {
  let below = node;
  for (let at = tree.parentOf(node); at !== undefined && below !== fn; below = at, at = tree.parentOf(at)) {
    if ((at.type === 'IfStatement' || at.type === 'ConditionalExpression') && at.test !== below) return true;
    if (at.type === 'LogicalExpression' && at.right === below) return true;
    if (at.type === 'SwitchCase' || at.type === 'CatchClause') return true;
    if (at.type === 'BlockStatement') {
      const before = at.body.slice(0, (at.body as readonly Node[]).indexOf(below));
      if (before.some(statement => statement.type === 'IfStatement' && looksAtModule(statement, bindings))) return true;
    }
  }
  return false;
}

/** `if (cached) return cached;`, or anything else that a function keeps outside itself. */
function looksAtModule(statement: Extract<Node, {type: 'IfStatement'}>, bindings: Bindings): boolean {
  const {test, consequent} = statement;
  if (![consequent, ...nodesBelow(consequent)].some(({type}) => type === 'ReturnStatement')) return false;
  return [test, ...nodesBelow(test)].some(node => {
    if (node.type !== 'Identifier') return false;
    const binding = bindings.of(node);
    if (binding === undefined) return node.name === 'globalThis' || node.name === 'global';
    return isOfModule(binding) && binding.kind === 'variable' && functionOf(node, bindings) === undefined;
  });
}
