import {ServiceError} from '../../service-error.ts';
import {type Infer, map, required, string, structure} from '../../shape.ts';
import {tagList} from '../../tag-list.ts';
import {defineResource, type PhysicalResource, type ResourceContext} from '../resource-type.ts';

const properties = structure({Parameters: map(string), Tags: tagList, TemplateURL: required(string)});

/**
 * A nested stack: a stack of its own, made and changed as whoever deploys the one above. A creation that fails leaves it
 * as it is, for the rollback of the stack above deletes it.
 *
 * What an update replaces or removes in it is deleted when it has settled. AWS waits for the stack above; here a
 * rollback of that stack makes such resources anew.
 */
export const cloudformationStack = defineResource({
  type: 'AWS::CloudFormation::Stack',
  properties,
  createOnly: [],
  attributes: ['Outputs.*'],
  attributesChange: true,
  async create(nested, context) {
    const {StackId} = await context.call<{StackId: string}>('cloudformation', 'CreateStack', {
      ...submission(nested, context),
      StackName: context.name({longest: 128}),
      OnFailure: 'DO_NOTHING',
    });
    context.created(StackId);
    const stack = await settled(StackId, context);
    if (stack.StackStatus === 'CREATE_COMPLETE') return physical(stack);
    throw failed(`Embedded stack ${StackId} was not successfully created: ${stack.StackStatusReason ?? ''}`);
  },
  async update({id}, nested, context) {
    // After a restart it may still be going back; and what its own rollback could not do is tried again.
    const before = await settled(id, context);
    if (before.StackStatus === 'UPDATE_ROLLBACK_FAILED') {
      await context.call('cloudformation', 'ContinueUpdateRollback', {StackName: id});
      const back = await settled(id, context);
      if (back.StackStatus === 'UPDATE_ROLLBACK_FAILED') throw notUpdated(back, context);
    }
    try {
      await context.call('cloudformation', 'UpdateStack', {...submission(nested, context), StackName: id});
    } catch (error) {
      if (!(error instanceof ServiceError) || !error.message.startsWith('No updates are to be performed.')) throw error;
      return physical(await describe(id, context));
    }
    const after = await settled(id, context, {cancellable: true});
    if (after.StackStatus !== 'UPDATE_COMPLETE') throw notUpdated(after, context);
    return physical(after);
  },
  async delete({id}, context) {
    const stack = await settled(id, context).catch(error => {
      if (error instanceof ServiceError && error.message.includes('does not exist')) return undefined;
      throw error;
    });
    if (stack === undefined || stack.StackStatus === 'DELETE_COMPLETE') return;
    await context.call('cloudformation', 'DeleteStack', {StackName: stack.StackId});
    const {StackStatus, StackStatusReason = ''} = await settled(stack.StackId, context);
    if (StackStatus !== 'DELETE_COMPLETE')
      throw failed(`Embedded stack ${stack.StackId} was not successfully deleted: ${StackStatusReason}`);
  },
});

interface Stack {
  readonly StackId: string;
  readonly StackStatus: string;
  readonly StackStatusReason?: string;
  readonly Outputs: readonly {readonly OutputKey: string; readonly OutputValue: string}[];
}

const pollMilliseconds = 50;

function submission({TemplateURL, Parameters = {}, Tags}: Infer<typeof properties>, context: ResourceContext): object {
  return {
    TemplateURL,
    Parameters: Object.entries(Parameters).map(([ParameterKey, ParameterValue]) => ({ParameterKey, ParameterValue})),
    Capabilities: context.capabilities,
    ...(Tags === undefined ? {} : {Tags}),
  };
}

function physical({StackId, Outputs}: Stack): PhysicalResource {
  const attributes = Object.fromEntries(
    Outputs.map(({OutputKey, OutputValue}) => [`Outputs.${OutputKey}`, OutputValue]),
  );
  return {id: StackId, attributes};
}

async function describe(StackName: string, context: ResourceContext): Promise<Stack> {
  const {Stacks} = await context.call<{Stacks: readonly Stack[]}>('cloudformation', 'DescribeStacks', {StackName});
  return Stacks[0]!;
}

/** When an update is not wanted any more, the nested one is called off. */
async function settled(name: string, context: ResourceContext, {cancellable = false} = {}): Promise<Stack> {
  for (let open = cancellable; ; ) {
    const stack = await describe(name, context);
    if (!stack.StackStatus.endsWith('_IN_PROGRESS')) return stack;
    if (open && stack.StackStatus === 'UPDATE_IN_PROGRESS' && context.cancelled()) {
      open = false;
      await context.call('cloudformation', 'CancelUpdateStack', {StackName: name});
    }
    await context.pause(pollMilliseconds);
  }
}

function notUpdated({StackId, StackStatus}: Stack, context: ResourceContext): ServiceError {
  const reason = context.whyItGoesBack(StackId) ?? '';
  return failed(
    `Embedded stack ${StackId} was not successfully updated. Currently in ${StackStatus} with reason: ${reason}`,
  );
}

function failed(message: string): ServiceError {
  return new ServiceError('InternalFailure', message);
}
