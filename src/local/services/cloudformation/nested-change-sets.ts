import {randomUUID} from 'node:crypto';
import type {RequestContext} from '../../operation.ts';
import {ServiceError} from '../../service-error.ts';
import type {Plan} from './engine.ts';
import {processTemplate} from './include.ts';
import type {ChangeSet, Deployment, ResourceChange, Stack, Tag} from './model.ts';
import {newStack} from './new-stack.ts';
import type {CloudFormationStore} from './store.ts';
import {invalid} from './submission.ts';
import {readTemplateUrl} from './template-url.ts';

interface Planned {
  readonly stack: Stack;
  readonly deployment: Deployment;
  readonly plan: Plan;
  readonly changeSetId: string;
  readonly changeSetName: string;
  readonly rootChangeSetId?: string;
}

type NestedChangeSet = Omit<ChangeSet, 'created'>;

/**
 * A change set for each nested stack that is made or changed, and for those nested in it. One in which nothing would
 * change is left out. The stack of one that is to be made does not stand yet; on AWS it does, in REVIEW_IN_PROGRESS.
 */
export async function planNestedStacks(
  parent: Planned,
  context: RequestContext,
  store: CloudFormationStore,
): Promise<{readonly plan: Plan; readonly nested: readonly NestedChangeSet[]}> {
  const changes: ResourceChange[] = [];
  const nested: NestedChangeSet[] = [];
  for (const change of parent.plan.changes) {
    if (change.type !== 'AWS::CloudFormation::Stack' || change.action === 'Remove') {
      changes.push(change);
      continue;
    }
    const found = await planNested(change, parent, context, store);
    if (change.action === 'Modify' && !found.plan.changesSomething) continue;
    changes.push({...change, changeSetId: found.changeSet.changeSetId});
    nested.push(found.changeSet, ...found.nested);
  }
  const left = parent.plan.changes.length > 0 && changes.length === 0;
  return {plan: {...parent.plan, changes, changesSomething: !left && parent.plan.changesSomething}, nested};
}

async function planNested(
  {logicalId, physicalId, after = '{}'}: ResourceChange,
  {stack: above, deployment: {capabilities}, changeSetId: parentChangeSetId, ...parent}: Planned,
  context: RequestContext,
  store: CloudFormationStore,
) {
  const {TemplateURL, Parameters = {}, Tags} = (JSON.parse(after) as {Properties: NestedProperties}).Properties;
  const stack = store.find(physicalId ?? '') ?? newStack(store, nestedName(above.stackName, logicalId), context);
  const {rootChangeSetId = parentChangeSetId} = parent;
  const changeSetName = `${parent.changeSetName}-${logicalId}`.slice(0, 128);
  const changeSetId = store.arn('changeSet', changeSetName);
  try {
    const template = await readTemplateUrl(TemplateURL, context);
    const tags = Tags ?? stack.deployed?.tags ?? [];
    const processed = await processTemplate(template, context);
    const deployment: Deployment = {
      template,
      ...(processed === undefined ? {} : {processed}),
      parameters: Parameters,
      tags,
      capabilities,
    };
    const own = store.engine.plan(stack, deployment);
    const {plan, nested} = await planNestedStacks(
      {stack, deployment, plan: own, changeSetId, changeSetName, rootChangeSetId},
      context,
      store,
    );
    const {stackId, stackName} = stack;
    const {parameters, changes} = plan;
    const changeSet: NestedChangeSet = {
      changeSetId,
      changeSetName,
      stackId,
      stackName,
      type: physicalId === undefined ? 'CREATE' : 'UPDATE',
      status: 'CREATE_COMPLETE',
      executionStatus: 'AVAILABLE',
      deployment,
      parameters,
      changes,
      includeNestedStacks: true,
      parentChangeSetId,
      rootChangeSetId,
    };
    return {plan, changeSet, nested};
  } catch (error) {
    // Which of the stacks it is says nobody else.
    if (error instanceof ServiceError && error.code === 'ValidationError')
      throw invalid(`${logicalId}: ${error.message}`);
    throw error;
  }
}

/** Like the one that it is going to have. */
function nestedName(above: string, logicalId: string): string {
  const random = randomUUID().replaceAll('-', '').slice(0, 12).toUpperCase();
  return `${`${above}-${logicalId}`.slice(0, 115)}-${random}`;
}

interface NestedProperties {
  readonly TemplateURL: string;
  readonly Parameters?: Readonly<Record<string, string>>;
  readonly Tags?: readonly Tag[];
}
