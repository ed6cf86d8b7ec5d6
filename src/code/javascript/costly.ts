import type {HandlerWorkKind} from '../../model/handler-work.ts';
import type {Bindings} from './bindings.ts';
import {type Imported, imported} from './imported.ts';
import type {Node} from './syntax-tree.ts';

export interface Costly {
  readonly kind: Exclude<HandlerWorkKind, 'module'>;
  readonly what: string;
  readonly given: readonly Node[];
}

/** A client, a connection or a secret, by the package that its class or function comes from. */
export function costly(node: Node, bindings: Bindings): Costly | undefined {
  if (node.type !== 'NewExpression' && node.type !== 'CallExpression') return undefined;
  const given = node.arguments;
  const of = imported(node.callee, bindings);
  if (node.type === 'NewExpression') {
    if (of === undefined) return undefined;
    const what = `new ${of.path.join('.') || of.module}()`;
    if (isSdkClient(of)) return {kind: 'client', what, given};
    return opensConnection(of, true) ? {kind: 'connection', what, given} : undefined;
  }
  if (of !== undefined)
    return opensConnection(of, false)
      ? {kind: 'connection', what: `${[shortName(of.module), ...of.path].join('.')}()`, given}
      : undefined;
  return secretRead(node, bindings);
}

function isSdkClient({module, path}: Imported): boolean {
  const name = path.at(-1);
  if (module === 'aws-sdk') return path.length > 0 && path.length < 3 && !notClients.test(path.join('.'));
  if (/^aws-sdk\/clients\/\w+$/.test(module)) return path.length === 0 || name === 'DocumentClient';
  const service = /^@aws-sdk\/client-([a-z0-9-]+)$/.exec(module)?.[1];
  if (service === undefined || path.length !== 1) return false;
  return name!.endsWith('Client') || name!.toLowerCase() === service.replaceAll('-', '');
}

const notClients =
  /^(Config|Credentials|\w+Credentials|Endpoint|Http\w+|Request|Response|Service|Signers|Token|TokenProviderChain|CredentialProviderChain|XML|util)\b|\.Converter$|\.ManagedUpload$|\.Presigner$|\.Signer$/;

function opensConnection({module, path}: Imported, constructed: boolean): boolean {
  const name = path.join('.');
  return (constructed ? constructors : openers).some(
    ([pattern, names]) => pattern.test(module) && names.includes(name),
  );
}

const constructors: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^pg$/, ['Client', 'Pool']],
  [/^mongodb$/, ['MongoClient']],
  [/^ioredis$/, ['', 'Redis', 'Cluster']],
  [/^sequelize$/, ['', 'Sequelize']],
  [/^@prisma\/client$/, ['PrismaClient']],
  [/^typeorm$/, ['DataSource']],
];
const openers: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(mysql|mysql2|mysql2\/promise)$/, ['createConnection', 'createPool']],
  [/^mongodb$/, ['MongoClient.connect']],
  [/^mongoose$/, ['createConnection']],
  [/^redis$/, ['createClient', 'createCluster']],
  [/^knex$/, ['', 'knex']],
];

function shortName(module: string): string {
  return module.slice(module.lastIndexOf('/') + 1) === 'promise' ? 'mysql' : module;
}

/** `client.send(new GetSecretValueCommand({...}))`, or a method of a client that this file constructs. */
function secretRead(
  {callee, arguments: given}: Extract<Node, {type: 'CallExpression'}>,
  bindings: Bindings,
): Costly | undefined {
  if (callee.type !== 'MemberExpression' || callee.computed || callee.property.type !== 'Identifier') return undefined;
  const method = callee.property.name;
  const [first] = given;
  if (method === 'send' && first?.type === 'NewExpression') {
    const command = imported(first.callee, bindings);
    const name = command?.path[0] ?? '';
    const reads =
      (command?.module === '@aws-sdk/client-secrets-manager' && name === 'GetSecretValueCommand') ||
      (command?.module === '@aws-sdk/client-ssm' && /^GetParameters?(ByPath)?Command$/.test(name));
    return reads ? {kind: 'secret', what: name.replace(/Command$/, ''), given: first.arguments} : undefined;
  }
  if (!/^(getSecretValue|getParameters?(ByPath)?)$/.test(method) || callee.object.type !== 'Identifier')
    return undefined;
  const made = bindings.of(callee.object)?.value;
  if (made?.type !== 'NewExpression') return undefined;
  const of = imported(made.callee, bindings);
  if (
    of === undefined ||
    !isSdkClient(of) ||
    !/secretsmanager|ssm/i.test(`${of.module.replaceAll('-', '')} ${of.path.join('.')}`)
  )
    return undefined;
  return {kind: 'secret', what: method[0]!.toUpperCase() + method.slice(1), given};
}
