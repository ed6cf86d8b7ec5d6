import type {Bindings} from './bindings.ts';
import {isOfModule} from './kept.ts';
import {childrenOf, isFunctionNode, type Node, type SyntaxTree} from './syntax-tree.ts';

/**
 * Whether an expression has the same value in each invocation: nothing of the event, and, unless `calls` may be in it,
 * no answer of a function, which may differ from call to call.
 */
export function isSettled(
  expression: Node,
  {calls}: {calls: boolean},
  tree: SyntaxTree,
  bindings: Bindings,
  depth = 0,
): boolean {
  if (depth > 10) return false;
  const open = [expression];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'ThisExpression' || node.type === 'YieldExpression') return false;
    if (!calls && (node.type === 'CallExpression' || node.type === 'AwaitExpression')) return false;
    if (isFunctionNode(node)) return false;
    if (node.type === 'Identifier' && isName(node, tree)) {
      const binding = bindings.of(node);
      if (binding !== undefined && !isOfModule(binding)) {
        if (binding.kind !== 'variable' || binding.value === undefined || binding.assignments.length > 0) return false;
        if (!isSettled(binding.value, {calls}, tree, bindings, depth + 1)) return false;
      }
      // What the module may have set to something else since.
      if (binding !== undefined && isOfModule(binding) && binding.assignments.length > 0) return false;
    }
    open.push(...childrenOf(node));
  }
  return true;
}

function isName(node: Node, tree: SyntaxTree): boolean {
  const parent = tree.parentOf(node);
  if (parent?.type === 'MemberExpression') return parent.object === node || parent.computed;
  return !(parent?.type === 'Property' && parent.key === node && !parent.computed);
}
