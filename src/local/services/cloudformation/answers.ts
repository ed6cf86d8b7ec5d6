import {driftStatus} from './drift.ts';
import type {ChangeSet, ResourceChange, Stack, StackResource} from './model.ts';
import type {Nesting} from './nesting.ts';

/** A stack as DescribeStacks shows it. */
export function describedStack(stack: Stack, nesting: Nesting): object {
  const {deployed, target} = stack;
  return {
    StackId: stack.stackId,
    StackName: stack.stackName,
    ChangeSetId: stack.changeSetId,
    Description: stack.description,
    Parameters: stack.parameters.map(({key, value}) => ({ParameterKey: key, ParameterValue: value})),
    CreationTime: new Date(stack.created),
    ...times(stack),
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    ...nesting,
    RoleARN: stack.roleArn,
    DisableRollback: stack.onFailure === 'DO_NOTHING',
    NotificationARNs: [],
    RollbackConfiguration: {},
    Capabilities: (deployed ?? target)?.capabilities ?? [],
    Outputs: stack.outputs.map(({key, value, description, exportName}) => ({
      OutputKey: key,
      OutputValue: value,
      Description: description,
      ExportName: exportName,
    })),
    Tags: (deployed ?? target)?.tags ?? [],
    EnableTerminationProtection: stack.terminationProtection,
    DriftInformation: driftInformation(stack),
  };
}

/** A stack as ListStacks shows it. */
export function summarizedStack(stack: Stack, nesting: Nesting): object {
  return {
    StackId: stack.stackId,
    StackName: stack.stackName,
    TemplateDescription: stack.description,
    CreationTime: new Date(stack.created),
    ...times(stack),
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    ...nesting,
    DriftInformation: driftInformation(stack),
  };
}

function driftInformation({drift}: Stack): object {
  return {
    StackDriftStatus: driftStatus(drift),
    LastCheckTimestamp: drift === undefined ? undefined : new Date(drift.time),
  };
}

function times({updated, deleted}: Stack): object {
  return {
    LastUpdatedTime: updated === undefined ? undefined : new Date(updated),
    DeletionTime: deleted === undefined ? undefined : new Date(deleted),
  };
}

/** The part that every description of a stack's resource has in common. */
export function describedResource(resource: StackResource): object {
  return {
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId,
    ResourceType: resource.type,
    ResourceStatus: resource.status,
    ResourceStatusReason: resource.statusReason,
    DriftInformation: {StackResourceDriftStatus: 'NOT_CHECKED'},
  };
}

export function summarizedChangeSet(changeSet: ChangeSet): object {
  return {
    StackId: changeSet.stackId,
    StackName: changeSet.stackName,
    ChangeSetId: changeSet.changeSetId,
    ChangeSetName: changeSet.changeSetName,
    ExecutionStatus: changeSet.executionStatus,
    Status: changeSet.status,
    StatusReason: changeSet.statusReason,
    CreationTime: new Date(changeSet.created),
    Description: changeSet.description,
    IncludeNestedStacks: changeSet.includeNestedStacks,
    ParentChangeSetId: changeSet.parentChangeSetId,
    RootChangeSetId: changeSet.rootChangeSetId,
  };
}

export function describedChange(change: ResourceChange, withValues: boolean): object {
  return {
    Type: 'Resource',
    ResourceChange: {
      PolicyAction: change.policyAction,
      Action: change.action,
      LogicalResourceId: change.logicalId,
      PhysicalResourceId: change.physicalId,
      ResourceType: change.type,
      Replacement: change.replacement,
      ChangeSetId: change.changeSetId,
      Scope: change.scope,
      Details: change.details.map(detail => ({
        Target: {
          Attribute: detail.attribute,
          Name: detail.name,
          RequiresRecreation: detail.requiresRecreation,
          ...(withValues && {
            Path: detail.name === undefined ? `/${detail.attribute}` : `/${detail.attribute}/${detail.name}`,
            BeforeValue: detail.before,
            AfterValue: detail.after,
            AttributeChangeType: detail.before === undefined ? 'Add' : detail.after === undefined ? 'Remove' : 'Modify',
          }),
        },
        Evaluation: detail.evaluation,
        ChangeSource: detail.changeSource,
        CausingEntity: detail.causingEntity,
      })),
      ...(withValues && {BeforeContext: change.before, AfterContext: change.after}),
    },
  };
}
