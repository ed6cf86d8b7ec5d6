import {isBuiltin} from 'node:module';
import type {HandlerCode, WorkPlace} from '../handler-code.ts';
import {type Bindings, readBindings} from './bindings.ts';
import {costly} from './costly.ts';
import {functionOf, handlerFunction} from './handler-function.ts';
import {imported, requiredModule} from './imported.ts';
import {isConditional, isOfModule, mayBeKept} from './kept.ts';
import {plainJavascript} from './plain-javascript.ts';
import {isSettled} from './settled.ts';
import {type FunctionNode, isFunctionNode, type Node, nodesBelow, parseSyntax, type SyntaxTree} from './syntax-tree.ts';

export async function javascriptWork({file, text, name}: HandlerCode): Promise<readonly WorkPlace[] | undefined> {
  try {
    const {code, originalPosition} = await plainJavascript(file, text);
    return workIn(parseSyntax(code), name)?.map(work => ({...work, ...originalPosition(work)}));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

function workIn(tree: SyntaxTree, name: string): readonly WorkPlace[] | undefined {
  const bindings = readBindings(tree);
  const handler = handlerFunction(tree, bindings, name);
  if (handler === undefined) return undefined;
  const found: WorkPlace[] = [];
  const functions = [handler];
  // Grows while it is walked: a function of the file that is called is looked at in its turn.
  for (const fn of functions)
    for (const node of nodesBelow(fn)) {
      const work = workAt(node, fn, fn === handler, tree, bindings);
      if (work !== undefined) found.push({...work, ...tree.positionOf(node)});
      const called = calledFunction(node, bindings);
      if (called === undefined || functions.includes(called) || !isCertain(node, fn, tree, bindings)) continue;
      functions.push(called);
    }
  return found.sort((a, b) => a.line - b.line || a.column - b.column);
}

function workAt(
  node: Node,
  fn: FunctionNode,
  isHandler: boolean,
  tree: SyntaxTree,
  bindings: Bindings,
): Pick<WorkPlace, 'kind' | 'what'> | undefined {
  const module = loadedModule(node, bindings);
  if (module !== undefined) {
    const wanted = isHandler && !isBuiltin(module) && isOwnStatement(node, fn, tree);
    return wanted && isCertain(node, fn, tree, bindings) ? {kind: 'module', what: module} : undefined;
  }
  const work = costly(node, bindings);
  if (work === undefined || !isCertain(node, fn, tree, bindings)) return undefined;
  const {kind, what, given} = work;
  // A password may come from a secret that is read before; the credentials of a client may be those of a caller.
  const calls = kind === 'connection';
  if (!given.every(each => isSettled(each, {calls}, tree, bindings))) return undefined;
  return kind === 'secret' && remembers(fn, bindings) ? undefined : {kind, what};
}

function isCertain(node: Node, fn: FunctionNode, tree: SyntaxTree, bindings: Bindings): boolean {
  return !isConditional(node, fn, tree, bindings) && !mayBeKept(node, tree, bindings);
}

function loadedModule(node: Node, bindings: Bindings): string | undefined {
  if (node.type === 'ImportExpression') return imported(node, bindings)?.module;
  return requiredModule(node, bindings)?.module;
}

/** In a function of its own inside the handler it may be meant to be loaded late. */
function isOwnStatement(node: Node, fn: FunctionNode, tree: SyntaxTree): boolean {
  let at = tree.parentOf(node);
  while (at !== undefined && !isFunctionNode(at)) at = tree.parentOf(at);
  return at === fn;
}

/** A function of the same file that is called by its name. */
function calledFunction(node: Node, bindings: Bindings): FunctionNode | undefined {
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return undefined;
  const binding = bindings.of(node.callee);
  return binding === undefined || !isOfModule(binding) ? undefined : functionOf(node.callee, bindings);
}

/** It puts something where the next invocation may find it. */
function remembers(fn: FunctionNode, bindings: Bindings): boolean {
  return nodesBelow(fn).some(node => {
    if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression')
      return node.callee.property.type === 'Identifier' && /^(set|put|add|push)/.test(node.callee.property.name);
    if (node.type !== 'AssignmentExpression') return false;
    if (node.left.type !== 'Identifier') return true;
    const binding = bindings.of(node.left);
    return binding === undefined || isOfModule(binding);
  });
}
