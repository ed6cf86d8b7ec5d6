import type {Stack} from '@aws-sdk/client-cloudformation';
import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {GearError} from '../errors.ts';

/** A stack that goes, or one that is nested in it, with the names of what it exports. */
export interface ExportingStack {
  readonly stackName: string;
  /** Where it is nested in the stack that goes: `Storage/Rows`; empty for that stack itself. */
  readonly path: string;
  readonly exports: readonly string[];
}

export function exportingStack({StackName, Outputs = []}: Stack, path: string): ExportingStack {
  return {stackName: StackName!, path, exports: Outputs.flatMap(({ExportName}) => ExportName ?? [])};
}

/**
 * CloudFormation says no to a deletion whose exports are imported only after it was asked, and to that of a nested
 * stack only when its turn comes. `tree` is what is deleted, `before` are stacks that are gone by then.
 */
export async function requireNotImported(
  clients: AwsClients,
  tree: readonly ExportingStack[],
  before: readonly string[] = [],
): Promise<void> {
  for (const exporter of tree)
    for (const name of exporter.exports)
      for (const importer of await importersOf(clients, name)) {
        const own = tree.find(({stackName}) => stackName === importer);
        // Beside it in the tree: CloudFormation deletes the one that imports, too.
        if (own !== undefined && !isWithin(own, exporter)) continue;
        if (own !== undefined) throw importedWithin(tree, exporter, name, own);
        if (before.includes(importer)) continue;
        const root = await rootOf(clients, importer);
        if (root !== undefined && !before.includes(root)) throw importedBy(tree, exporter, name, importer, root);
      }
}

function isWithin({path}: ExportingStack, {path: outer}: ExportingStack): boolean {
  return outer === '' || path.startsWith(`${outer}/`);
}

function importedBy(
  tree: readonly ExportingStack[],
  exporter: ExportingStack,
  name: string,
  importer: string,
  root: string,
): GearError {
  return new GearError(`${subject(tree, exporter)} exports ${name}, which ${importer} imports`, {
    code: 'STACK_IN_USE',
    suggestions: [`gear destroy --stack ${root}`],
  });
}

function importedWithin(
  tree: readonly ExportingStack[],
  exporter: ExportingStack,
  name: string,
  {path}: ExportingStack,
): GearError {
  return new GearError(
    `${subject(tree, exporter)} exports ${name}, which ${path} imports, a stack nested in it: CloudFormation deletes neither`,
    {code: 'STACK_IN_USE', suggestions: [`gear deploy, with a template of ${path} that does not import ${name}`]},
  );
}

function subject([top]: readonly ExportingStack[], {stackName, path}: ExportingStack): string {
  return path === '' ? `The stack ${stackName}` : `The stack ${path}, nested in ${top!.stackName},`;
}

async function importersOf(clients: AwsClients, ExportName: string): Promise<readonly string[]> {
  const client = await clients.cloudFormation();
  const importers: string[] = [];
  let token: string | undefined;
  try {
    do {
      const {Imports = [], NextToken} = await client.listImports({ExportName, ...(token && {NextToken: token})});
      importers.push(...Imports);
      token = NextToken;
    } while (token !== undefined);
    return importers;
  } catch (error) {
    if (error instanceof Error && error.message.includes('is not imported')) return importers;
    throw describeAwsError(error, `find out who imports ${ExportName}`);
  }
}

/** The stack that would have to go for it: only that can be destroyed. Undefined when it is gone by now. */
async function rootOf(clients: AwsClients, stackName: string): Promise<string | undefined> {
  try {
    const {Stacks = []} = await (await clients.cloudFormation()).describeStacks({StackName: stackName});
    return Stacks[0]?.RootId?.split('/')[1] ?? stackName;
  } catch (error) {
    if (error instanceof Error && error.message.includes('does not exist')) return undefined;
    // Who may delete this stack need not be allowed to look at the other.
    return stackName;
  }
}
