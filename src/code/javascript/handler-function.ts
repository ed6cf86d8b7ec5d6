import type {Bindings} from './bindings.ts';
import {type FunctionNode, isFunctionNode, type Node, type SyntaxTree} from './syntax-tree.ts';

/** The function that a file exports under a name, as ES module or CommonJS, also as bundlers write it. */
export function handlerFunction(tree: SyntaxTree, bindings: Bindings, name: string): FunctionNode | undefined {
  const [own = '', ...members] = name.split('.');
  for (const node of tree.nodes) {
    const assigned = assignedTo(node, [own, ...members]);
    const exported =
      assigned === undefined
        ? memberIn(exportedAs(node, own), members, tree, bindings)
        : memberIn(assigned.value, assigned.members, tree, bindings);
    const fn = exported === undefined ? undefined : functionOf(exported, bindings);
    if (fn !== undefined) return fn;
  }
  return undefined;
}

/** What is assigned to the exports or to a member of them, and which members of it the handler is. */
function assignedTo(
  node: Node,
  names: readonly string[],
): {readonly value: Node; readonly members: readonly string[]} | undefined {
  if (node.type !== 'AssignmentExpression') return undefined;
  const path = pathInExports(node.left);
  if (path === undefined || path.some((name, index) => name !== names[index])) return undefined;
  return {value: node.right, members: names.slice(path.length)};
}

/** `module.exports`, or a name of it: `exports.handler`, `module.exports.handler`, `exports.api.handler`. */
function pathInExports(left: Node): readonly string[] | undefined {
  const names: string[] = [];
  let at = left;
  while (at.type === 'MemberExpression' && !at.computed && at.property.type === 'Identifier') {
    names.unshift(at.property.name);
    at = at.object;
  }
  if (at.type !== 'Identifier') return undefined;
  if (at.name === 'exports') return names.length === 0 ? undefined : names;
  return at.name === 'module' && names[0] === 'exports' ? names.slice(1) : undefined;
}

/** A member of an object that stands in the file and is not changed by an assignment to one of its members. */
function memberIn(
  value: Node | undefined,
  members: readonly string[],
  tree: SyntaxTree,
  bindings: Bindings,
): Node | undefined {
  const [member, ...rest] = members;
  if (value === undefined || member === undefined) return value;
  if (value.type === 'ObjectExpression') return memberIn(propertyOf(value, member), rest, tree, bindings);
  const binding = bindings.of(value);
  if (binding?.value === undefined || binding.assignments.length > 0 || binding.path?.length !== 0) return undefined;
  const isChanged = binding.references.some(reference => {
    const parent = tree.parentOf(reference);
    return parent?.type === 'MemberExpression' && tree.parentOf(parent)?.type === 'AssignmentExpression';
  });
  return isChanged || binding.value.type !== 'ObjectExpression'
    ? undefined
    : memberIn(binding.value, members, tree, bindings);
}

function exportedAs(node: Node, name: string): Node | undefined {
  switch (node.type) {
    case 'ExportNamedDeclaration': {
      const {declaration, specifiers, source} = node;
      if (declaration?.type === 'FunctionDeclaration') return declaration.id?.name === name ? declaration : undefined;
      if (declaration?.type === 'VariableDeclaration')
        return declaration.declarations.find(({id}) => id.type === 'Identifier' && id.name === name)?.id;
      if (source !== null) return undefined;
      const as = specifiers.find(({exported}) => exported.type !== 'Literal' && exported.name === name);
      return as?.local;
    }
    // esbuild: __export(orders_exports, {handler: () => handler}).
    case 'CallExpression': {
      if (node.callee.type !== 'Identifier' || node.callee.name !== '__export') return undefined;
      const getter = node.arguments[1] === undefined ? undefined : propertyOf(node.arguments[1], name);
      return getter?.type === 'ArrowFunctionExpression' && getter.body.type === 'Identifier' ? getter.body : undefined;
    }
    default:
      return undefined;
  }
}

function propertyOf(value: Node, name: string): Node | undefined {
  if (value.type !== 'ObjectExpression') return undefined;
  for (const property of value.properties)
    if (property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === name)
      return property.value;
  return undefined;
}

export function functionOf(node: Node, bindings: Bindings): FunctionNode | undefined {
  if (isFunctionNode(node)) return node;
  if (node.type === 'Identifier') {
    const binding = bindings.of(node);
    if (binding?.value === undefined || binding.assignments.length > 0 || binding.path?.length !== 0) return undefined;
    return binding.value === node ? undefined : functionOf(binding.value, bindings);
  }
  if (node.type !== 'CallExpression') return undefined;
  const {callee, arguments: given} = node;
  const called = callee.type === 'MemberExpression' && !callee.computed ? callee.property : callee;
  if (called.type !== 'Identifier') return undefined;
  // middy(handler).use(...).use(...)
  if (callee.type === 'MemberExpression' && chained.test(called.name)) return functionOf(callee.object, bindings);
  return wrappers.test(called.name) && given[0] !== undefined ? functionOf(given[0], bindings) : undefined;
}

/** What runs the function that it is given once for each invocation. */
const wrappers = /^(middy|handler|wrapHandler|makeIdempotent|streamifyResponse|withDurableExecution|__name)$/;
const chained = /^(use|before|after|onError)$/;
