import type {PermissionRequest} from '../../operation.ts';
import {changed} from './changed.ts';
import {badRequest} from './errors.ts';
import type {AccessLogSettings, RouteSettings, StageRecord} from './records.ts';
import {checkAccessLogSettings, checkRouteSettings, checkStageVariables} from './stage-settings.ts';
import type {ApiGatewayStore} from './store.ts';

interface StageInput {
  readonly accessLogSettings?: AccessLogSettings | undefined;
  readonly autoDeploy?: boolean | undefined;
  readonly defaultRouteSettings?: RouteSettings | undefined;
  readonly deploymentId?: string | undefined;
  readonly description?: string | undefined;
  readonly routeSettings?: Readonly<Record<string, RouteSettings>> | undefined;
  readonly stageVariables?: Readonly<Record<string, string>> | undefined;
}

/** Keeps the stage with what an input says; settings of routes and stage variables are added to those there are. */
export function stageWith(before: StageRecord, input: StageInput, apiId: string, store: ApiGatewayStore): StageRecord {
  const {accessLogSettings, defaultRouteSettings, deploymentId, routeSettings = {}, stageVariables = {}} = input;
  checkAccessLogSettings(accessLogSettings);
  checkStageVariables(stageVariables);
  for (const settings of [defaultRouteSettings, ...Object.values(routeSettings)]) checkRouteSettings(settings);
  const keys = new Set(store.routes.of(apiId).map(({routeKey}) => routeKey));
  for (const key of Object.keys(routeSettings))
    if (!keys.has(key)) throw badRequest(`Unable to find Route by key ${key} within the provided RouteSettings`);
  const stage = changed(before, {
    accessLogSettings,
    defaultRouteSettings,
    deploymentId,
    autoDeploy: input.autoDeploy,
    description: input.description,
    routeSettings: {...before.routeSettings, ...routeSettings},
    // An empty value takes a variable away.
    stageVariables: Object.fromEntries(
      Object.entries({...before.stageVariables, ...stageVariables}).filter(([, value]) => value !== ''),
    ),
  });
  if (deploymentId !== undefined && deploymentId !== '') {
    store.deployments.get(apiId, deploymentId);
    if (stage.autoDeploy) throw badRequest('deploymentId cannot be set for a stage that deploys automatically');
  }
  store.stages.set(apiId, stage.stageName, stage);
  return stage.autoDeploy && !(before.autoDeploy && before.deploymentId) ? store.autoDeploy(apiId, stage) : stage;
}

/** Whoever has API Gateway write logs must be allowed to set up their delivery. */
export function onLogDelivery(
  verb: 'Create' | 'Update',
  settings: AccessLogSettings | undefined,
): readonly PermissionRequest[] {
  return settings === undefined ? [] : [{action: `logs:${verb}LogDelivery`, resource: '*'}];
}
