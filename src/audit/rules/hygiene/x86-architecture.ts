import type {PackagedFile} from '../../../model/deployment-package.ts';
import type {Inventory} from '../../../model/inventory.ts';
import type {LambdaFunction} from '../../../model/lambda-function.ts';
import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';
import {roleOf} from '../../relations.ts';

export default defineRule({
  id: 'hygiene/x86-architecture',
  subject: 'function',
  severity: 'info',
  title: 'A function runs on x86 and could run on arm64',
  why: 'The same code on arm64 costs a fifth less per millisecond, and without native modules nothing has to change.',
  remedy: 'Set Architectures: [arm64].',
  since: '0.1.0',
  examples: {bad: 'Runtime: nodejs24.x', good: 'Runtime: nodejs24.x\nArchitectures: [arm64]'},
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/foundation-arch.html',
  *check(fn, {inventory}) {
    const {name, architecture, runtime, layers, package: code} = fn;
    if (architecture !== 'x86_64' || runtime === undefined || isUnresolved(runtime)) return;
    // Java and .NET start more slowly there; a layer may hold anything.
    if (!/^(nodejs|python|ruby)/.test(runtime) || layers.length > 0) return;
    if (runsAtTheEdge(fn, inventory)) return;
    const files = 'files' in code ? code.files : undefined;
    if (files?.some(isNative) === true) return;
    const unseen =
      files === undefined && code.kind !== 'inline' ? ', and whether its code has native modules cannot be seen' : '';
    yield {message: `${name} runs on x86_64${unseen}`, evidence: {architecture, runtime}};
  },
});

/** Lambda@Edge has x86_64 only: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html */
function runsAtTheEdge(fn: LambdaFunction, inventory: Inventory): boolean {
  const trustPolicy = roleOf(fn, inventory)?.trustPolicy;
  if (trustPolicy === undefined || isUnresolved(trustPolicy)) return false;
  return trustPolicy.statements.some(
    ({principal}) => principal?.Service?.includes('edgelambda.amazonaws.com') === true,
  );
}

function isNative({path}: PackagedFile): boolean {
  return /\.(node|so(\.\d+)*|dylib)$/.test(path) || /(^|\/)bin\/[^./]+$/.test(path);
}
