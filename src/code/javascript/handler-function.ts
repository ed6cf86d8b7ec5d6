import type {Bindings} from './bindings.ts';
import {type FunctionNode, isFunctionNode, type Node, type SyntaxTree} from './syntax-tree.ts';

/** The function that a file exports under a name, as ES module or CommonJS, also as bundlers write it. */
export function handlerFunction(tree: SyntaxTree, bindings: Bindings, name: string): FunctionNode | undefined {
  for (const node of tree.nodes) {
    const exported = exportedAs(node, name);
    const fn = exported === undefined ? undefined : functionOf(exported, bindings);
    if (fn !== undefined) return fn;
  }
  return undefined;
}

function exportedAs(node: Node, name: string): Node | undefined {
  switch (node.type) {
    case 'ExportNamedDeclaration': {
      const {declaration, specifiers, source} = node;
      if (declaration?.type === 'FunctionDeclaration') return declaration.id?.name === name ? declaration : undefined;
      if (declaration?.type === 'VariableDeclaration')
        return declaration.declarations.find(({id}) => id.type === 'Identifier' && id.name === name)?.init ?? undefined;
      if (source !== null) return undefined;
      const as = specifiers.find(({exported}) => exported.type !== 'Literal' && exported.name === name);
      return as?.local;
    }
    case 'AssignmentExpression':
      if (isExports(node.left, name)) return node.right;
      return isExports(node.left) ? propertyOf(node.right, name) : undefined;
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

/** `module.exports`, or a name of it: `exports.handler`, `module.exports.handler`. */
function isExports(left: Node, name?: string): boolean {
  if (left.type !== 'MemberExpression' || left.computed) return false;
  const {object, property} = left;
  const member = property.type === 'Identifier' ? property.name : undefined;
  if (name === undefined) return object.type === 'Identifier' && object.name === 'module' && member === 'exports';
  return member === name && ((object.type === 'Identifier' && object.name === 'exports') || isExports(object));
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
