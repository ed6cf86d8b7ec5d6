import type {Bindings} from './bindings.ts';
import type {Node} from './syntax-tree.ts';

/** What an expression is of a module: `AWS.DynamoDB.DocumentClient` is DynamoDB, DocumentClient of aws-sdk. */
export interface Imported {
  readonly module: string;
  readonly path: readonly string[];
}

export function imported(node: Node, bindings: Bindings, depth = 0): Imported | undefined {
  if (depth > 20) return undefined;
  switch (node.type) {
    case 'Identifier': {
      const binding = bindings.of(node);
      if (binding?.value === undefined || binding.path === undefined || binding.assignments.length > 0)
        return undefined;
      if (binding.kind === 'import') return ofSpecifier(binding.value, bindings);
      if (binding.kind !== 'variable') return undefined;
      return below(imported(binding.value, bindings, depth + 1), binding.path);
    }
    case 'MemberExpression': {
      if (node.computed || node.property.type !== 'Identifier') return undefined;
      return below(imported(node.object, bindings, depth + 1), [node.property.name]);
    }
    case 'AwaitExpression':
      return node.argument.type === 'ImportExpression' ? imported(node.argument, bindings, depth + 1) : undefined;
    case 'ImportExpression':
      return ofModule(node.source);
    case 'CallExpression': {
      const required = requiredModule(node, bindings);
      if (required !== undefined) return required;
      const {callee, arguments: given} = node;
      const called = callee.type === 'MemberExpression' ? callee.property : callee;
      if (called.type !== 'Identifier' || !sameModule.test(called.name) || given[0] === undefined) return undefined;
      return imported(given[0], bindings, depth + 1);
    }
    default:
      return undefined;
  }
}

/** `require('aws-sdk')`, by the require of CommonJS. */
export function requiredModule(node: Node, bindings: Bindings): Imported | undefined {
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'require')
    return undefined;
  return bindings.of(node.callee) === undefined && node.arguments[0] !== undefined
    ? ofModule(node.arguments[0])
    : undefined;
}

/** What compilers put around a required module, and X-Ray, which gives back the SDK that it was given. */
const sameModule = /^(__toESM|__importDefault|__importStar|_interopRequire\w*|captureAWS)$/;

function ofModule(source: Node): Imported | undefined {
  return source.type === 'Literal' && typeof source.value === 'string' ? {module: source.value, path: []} : undefined;
}

function ofSpecifier(specifier: Node, bindings: Bindings): Imported | undefined {
  const declaration = bindings.declarationOf(specifier);
  if (declaration?.type !== 'ImportDeclaration') return undefined;
  const module = String(declaration.source.value);
  if (specifier.type !== 'ImportSpecifier') return {module, path: []};
  return specifier.imported.type === 'Literal' ? undefined : below({module, path: []}, [specifier.imported.name]);
}

/** The default export of a CommonJS module is the module. */
function below(whole: Imported | undefined, path: readonly string[]): Imported | undefined {
  return whole && {module: whole.module, path: [...whole.path, ...path.filter(name => name !== 'default')]};
}
