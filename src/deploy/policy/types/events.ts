import {arnIn} from '../place.ts';
import type {DeployedResource, ResourceNeeds} from '../resource-needs.ts';

/** Whoever gives a service a role must be allowed to pass it to this service. */
function passRoles(group: string, principal: string, roles: readonly unknown[]) {
  const resources = roles.filter(role => typeof role === 'string');
  if (resources.length === 0) return [];
  const condition = {StringEquals: {'iam:PassedToService': principal}};
  return [{group, actions: ['iam:PassRole'], resources, condition}];
}

const busOf = ({properties}: DeployedResource) => {
  const bus = properties.EventBusName;
  return typeof bus === 'string' && bus !== 'default' ? `${bus.slice(bus.lastIndexOf('/') + 1)}/` : '';
};
const ruleArn = (resource: DeployedResource) =>
  arnIn(resource.place, 'events', `rule/${busOf(resource)}${resource.names[0]}`);

/** The registry does not list the type's handlers: these are the calls that its properties take. */
export const eventsRule: ResourceNeeds = {
  type: 'AWS::Events::Rule',
  service: 'events',
  group: 'Rules',
  name: {property: 'Name', longest: 64},
  on: resource => [ruleArn(resource)],
  attributes: {Arn: ruleArn},
  always: {
    create: ['PutRule', 'TagResource'],
    read: ['DescribeRule', 'ListTagsForResource', 'ListTargetsByRule'],
    update: ['UntagResource'],
    delete: ['DeleteRule'],
  },
  when: {Targets: {create: ['PutTargets'], update: ['RemoveTargets']}},
  plain: ['Description', 'EventBusName', 'EventPattern', 'ScheduleExpression', 'State', 'Tags'],
  more: ({properties}) =>
    passRoles(
      'PassRolesToEvents',
      'events.amazonaws.com',
      ((properties.Targets ?? []) as readonly {RoleArn?: unknown}[]).map(({RoleArn}) => RoleArn),
    ),
};

const busArn = ({place, names}: DeployedResource) => arnIn(place, 'events', `event-bus/${names[0]}`);

export const eventsEventBus: ResourceNeeds = {
  type: 'AWS::Events::EventBus',
  service: 'events',
  group: 'EventBuses',
  name: {property: 'Name', longest: 256},
  on: resource => [busArn(resource)],
  attributes: {Arn: busArn, Name: ({names}) => names[0]!},
  always: {
    create: ['CreateEventBus', 'TagResource'],
    read: ['DescribeEventBus', 'ListTagsForResource'],
    update: ['UntagResource'],
    delete: ['DeleteEventBus'],
  },
  plain: ['Description', 'Policy', 'Tags'],
  more: ({properties}) =>
    properties.Policy === undefined
      ? []
      : // They know no resource. The registry has the first only: taking a policy away takes the other.
        [
          {group: 'EventBusPolicies', actions: ['events:PutPermission'], resources: ['*']},
          {group: 'EventBusPolicies', actions: ['events:RemovePermission'], resources: ['*'], also: ['destroy']},
        ],
};

const groupOf = ({properties}: DeployedResource) =>
  typeof properties.GroupName === 'string' ? properties.GroupName : 'default';
const scheduleArn = (resource: DeployedResource) =>
  arnIn(resource.place, 'scheduler', `schedule/${groupOf(resource)}/${resource.names[0]}`);

export const schedulerSchedule: ResourceNeeds = {
  type: 'AWS::Scheduler::Schedule',
  service: 'scheduler',
  group: 'Schedules',
  name: {property: 'Name', longest: 64},
  on: resource => [scheduleArn(resource)],
  attributes: {Arn: scheduleArn},
  always: {create: ['CreateSchedule'], read: ['GetSchedule'], update: ['UpdateSchedule'], delete: ['DeleteSchedule']},
  plain: [
    'Description',
    'EndDate',
    'FlexibleTimeWindow',
    'GroupName',
    'ScheduleExpression',
    'ScheduleExpressionTimezone',
    'StartDate',
    'State',
    'Target',
  ],
  more: ({properties}) =>
    passRoles('PassRolesToScheduler', 'scheduler.amazonaws.com', [(properties.Target as {RoleArn?: unknown})?.RoleArn]),
};

export const schedulerScheduleGroup: ResourceNeeds = {
  type: 'AWS::Scheduler::ScheduleGroup',
  service: 'scheduler',
  group: 'ScheduleGroups',
  name: {property: 'Name', longest: 64},
  on: ({place, names}) => [arnIn(place, 'scheduler', `schedule-group/${names[0]}`)],
  always: {
    create: ['CreateScheduleGroup', 'TagResource'],
    read: ['GetScheduleGroup', 'ListTagsForResource'],
    update: ['UntagResource'],
    delete: ['DeleteScheduleGroup'],
  },
  plain: ['Tags'],
  // A group goes with the schedules that are still in it.
  more: ({place, names}) => [
    {
      group: 'Schedules',
      actions: ['scheduler:DeleteSchedule'],
      resources: [arnIn(place, 'scheduler', `schedule/${names[0]}/*`)],
      also: ['destroy'],
    },
  ],
};

export const codedeployApplication: ResourceNeeds = {
  type: 'AWS::CodeDeploy::Application',
  service: 'codedeploy',
  group: 'DeploymentApplications',
  name: {property: 'ApplicationName', longest: 100},
  on: ({place, names}) => [arnIn(place, 'codedeploy', `application:${names[0]}`)],
  always: {
    create: ['CreateApplication', 'TagResource'],
    read: ['GetApplication', 'ListTagsForResource'],
    update: ['UntagResource'],
    delete: ['DeleteApplication'],
  },
  plain: ['ComputePlatform', 'Tags'],
};

/** The registry does not list the type's handlers: these are the calls that its properties take. */
export const codedeployDeploymentGroup: ResourceNeeds = {
  type: 'AWS::CodeDeploy::DeploymentGroup',
  service: 'codedeploy',
  group: 'DeploymentGroups',
  name: {property: 'DeploymentGroupName', longest: 100},
  on: resource => [
    arnIn(resource.place, 'codedeploy', `deploymentgroup:${resource.text('ApplicationName')}/${resource.names[0]}`),
  ],
  always: {
    create: ['CreateDeploymentGroup', 'TagResource'],
    read: ['GetDeploymentGroup', 'ListTagsForResource'],
    update: ['UpdateDeploymentGroup', 'UntagResource'],
    delete: ['DeleteDeploymentGroup'],
  },
  plain: [
    'AlarmConfiguration',
    'ApplicationName',
    'AutoRollbackConfiguration',
    'DeploymentConfigName',
    'DeploymentStyle',
    'ServiceRoleArn',
    'Tags',
  ],
  more: resource => passRoles('PassRolesToCodeDeploy', 'codedeploy.amazonaws.com', [resource.text('ServiceRoleArn')]),
};
