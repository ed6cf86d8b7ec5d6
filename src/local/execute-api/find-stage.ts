import type {ApiRequest} from '../http-api.ts';
import type {DeploymentRecord, StageRecord} from '../services/apigatewayv2/records.ts';
import type {ApiGatewayStore} from '../services/apigatewayv2/store.ts';

/** The stage whose name the path begins with, or `$default`; undefined when nothing is deployed there. */
export function findStage(
  {apiId, path}: ApiRequest,
  store: ApiGatewayStore,
): {readonly stage: StageRecord; readonly deployment: DeploymentRecord} | undefined {
  const api = store.apis.get(apiId);
  if (api === undefined || api.disableExecuteApiEndpoint) return undefined;
  const first = path.split('/')[1] ?? '';
  const stage = store.stages.find(apiId, first) ?? store.stages.find(apiId, '$default');
  const deployment = store.deployments.find(apiId, stage?.deploymentId ?? '');
  return stage === undefined || deployment === undefined ? undefined : {stage, deployment};
}
