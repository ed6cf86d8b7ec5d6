import type {StackStatus, StackSummary} from '@aws-sdk/client-cloudformation';
import type {AwsClients} from '../aws/clients.ts';
import {openChangeSets} from './change-set.ts';

/** What a stack has to do with packages. */
export interface StackUse {
  readonly stackId: string;
  readonly stackName: string;
  /** Another one means that the stack was changed. */
  readonly state: string;
  /** As far as it has to do with them at all. */
  readonly template: string;
  /** The same of its change sets. */
  readonly waiting: readonly string[];
  /** A rollback may need what no template that can be read names. */
  readonly unsettled: boolean;
}

interface UsesOptions {
  /** The folder of the packages in the bucket: a template that does not name it has nothing to do with them. */
  readonly prefix: string;
  /** Stacks that count as gone, by their ARNs. */
  readonly gone: readonly string[];
  /** What was read before: templates of stacks that have not changed are not read again. */
  readonly before?: readonly StackUse[];
}

/** Of every stack of this account and region. */
export async function stackUses(
  clients: AwsClients,
  {prefix, gone, before = []}: UsesOptions,
): Promise<readonly StackUse[]> {
  const known = new Map(before.map(use => [use.stackId, use]));
  const uses: StackUse[] = [];
  for (const {StackId, StackName, StackStatus: status, LastUpdatedTime} of await stacks(clients)) {
    if (gone.includes(StackId!)) continue;
    const relevant = (text: string) => (text.includes(prefix) ? text : '');
    const state = `${status} ${LastUpdatedTime?.getTime()}`;
    const old = known.get(StackId!);
    const isNew = status === 'REVIEW_IN_PROGRESS';
    const template =
      old?.state === state ? old.template : isNew ? '' : relevant(await templateOf(clients, {StackName: StackId!}));
    const waiting: string[] = [];
    for (const ChangeSetName of await changeSetsOf(clients, StackId!))
      waiting.push(relevant(await templateOf(clients, {ChangeSetName})));
    uses.push({
      stackId: StackId!,
      stackName: StackName!,
      state,
      template,
      waiting: waiting.filter(text => text !== ''),
      unsettled: /_(IN_PROGRESS|FAILED)$/.test(status!) && !isNew,
    });
  }
  return uses;
}

/** As it was submitted; empty when the stack or change set is gone by now. A deleted stack is found by its ARN. */
export async function templateOf(
  clients: AwsClients,
  of: {readonly StackName: string} | {readonly ChangeSetName: string},
): Promise<string> {
  try {
    const {TemplateBody = ''} = await (await clients.cloudFormation()).getTemplate({...of, TemplateStage: 'Original'});
    return TemplateBody;
  } catch (error) {
    if (isGone(error)) return '';
    throw error;
  }
}

async function changeSetsOf(clients: AwsClients, stackId: string): Promise<readonly string[]> {
  try {
    return await openChangeSets(clients, stackId);
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && error.message.includes('does not exist');
}

async function stacks(clients: AwsClients): Promise<readonly StackSummary[]> {
  const client = await clients.cloudFormation();
  const found: StackSummary[] = [];
  for (let NextToken: string | undefined; ; ) {
    const page = await client.listStacks({NextToken});
    found.push(...(page.StackSummaries ?? []));
    if (page.NextToken === undefined)
      return found.filter(({StackStatus}) => StackStatus !== ('DELETE_COMPLETE' satisfies StackStatus));
    NextToken = page.NextToken;
  }
}
