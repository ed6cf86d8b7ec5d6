import type {PermissionRequest} from '../../operation.ts';
import {boolean, list, string, structure} from '../../shape.ts';
import {allAtOnce, deploymentConfig} from './deployment-configs.ts';
import {exception} from './errors.ts';
import type {AlarmConfiguration, AutoRollbackConfiguration, GroupRecord} from './records.ts';
import type {CodedeployStore} from './store.ts';

/** What a group of the compute platform Lambda can have; the members of the others are refused by name. */
export const groupMembers = {
  deploymentConfigName: string,
  alarmConfiguration: structure({
    enabled: boolean,
    ignorePollAlarmFailure: boolean,
    alarms: list(structure({name: string})),
  }),
  autoRollbackConfiguration: structure({enabled: boolean, events: list(string)}),
  deploymentStyle: structure({deploymentType: string, deploymentOption: string}),
};

interface GroupInput {
  readonly deploymentConfigName?: string | undefined;
  readonly serviceRoleArn?: string | undefined;
  readonly alarmConfiguration?: AlarmConfiguration | undefined;
  readonly autoRollbackConfiguration?: AutoRollbackConfiguration | undefined;
  readonly deploymentStyle?:
    | {readonly deploymentType?: string | undefined; readonly deploymentOption?: string | undefined}
    | undefined;
}

export function passingRole(serviceRoleArn: string | undefined): PermissionRequest[] {
  if (serviceRoleArn === undefined) return [];
  const context = {'iam:PassedToService': 'codedeploy.amazonaws.com'};
  return [{action: 'iam:PassRole', resource: serviceRoleArn, context}];
}

/** The settings of a group; what an update does not name stays. */
export function groupSettings(
  input: GroupInput,
  before: GroupRecord | undefined,
  {options}: CodedeployStore,
): Omit<GroupRecord, 'deploymentGroupId' | 'applicationName' | 'deploymentGroupName' | 'tags'> {
  const deploymentConfigName = input.deploymentConfigName ?? before?.deploymentConfigName ?? allAtOnce;
  deploymentConfig(deploymentConfigName);
  const serviceRoleArn = input.serviceRoleArn ?? before?.serviceRoleArn;
  if (serviceRoleArn === undefined) throw exception('RoleRequired', 'The role is required.');
  if (!options.identity.trusts(serviceRoleArn, {service: 'codedeploy.amazonaws.com', sourceAccount: options.account}))
    throw exception('InvalidRole', 'Cannot assume role provided.');
  checkStyle(input.deploymentStyle, before);
  return {
    deploymentConfigName,
    serviceRoleArn,
    alarmConfiguration: checkAlarms(input.alarmConfiguration) ?? before?.alarmConfiguration,
    autoRollbackConfiguration: checkRollback(input.autoRollbackConfiguration) ?? before?.autoRollbackConfiguration,
  };
}

/** Without a style, CodeDeploy takes it for an in-place deployment. */
function checkStyle(style: GroupInput['deploymentStyle'], before: GroupRecord | undefined): void {
  if (style === undefined && before !== undefined) return;
  const {deploymentType = 'IN_PLACE', deploymentOption = 'WITHOUT_TRAFFIC_CONTROL'} = style ?? {};
  if (deploymentType !== 'BLUE_GREEN' || deploymentOption !== 'WITH_TRAFFIC_CONTROL')
    throw exception(
      'InvalidDeploymentStyle',
      `A deployment group for Lambda must be BLUE_GREEN and WITH_TRAFFIC_CONTROL, not ${deploymentType} and ${deploymentOption}.`,
    );
}

export function checkAlarms(configuration: AlarmConfiguration | undefined): AlarmConfiguration | undefined {
  const alarms = configuration?.alarms ?? [];
  if (configuration?.enabled && alarms.length === 0)
    throw exception('InvalidAlarmConfig', 'An alarm configuration that is enabled must name an alarm.');
  if (alarms.some(({name = ''}) => name === '')) throw exception('InvalidAlarmConfig', 'An alarm must have a name.');
  if (alarms.length > 10) throw exception('AlarmsLimitExceeded', 'The maximum number of alarms is 10.');
  return configuration;
}

const rollbackEvents = ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'];

export function checkRollback(
  configuration: AutoRollbackConfiguration | undefined,
): AutoRollbackConfiguration | undefined {
  const events = configuration?.events ?? [];
  if (configuration?.enabled && events.length === 0)
    throw exception('InvalidAutoRollbackConfig', 'An automatic rollback that is enabled must name an event.');
  const stranger = events.find(event => !rollbackEvents.includes(event));
  if (stranger !== undefined)
    throw exception('InvalidAutoRollbackConfig', `${stranger} is not one of ${rollbackEvents.join(', ')}.`);
  return configuration;
}
