import type {Clock} from '../../clock.ts';
import type {Collection, State} from '../../state.ts';
import {AuthorizerResults} from './authorizer-results.ts';
import {isoTime} from './changed.ts';
import {notFound} from './errors.ts';
import {newId} from './new-id.ts';
import type {
  ApiRecord,
  AuthorizerRecord,
  DeploymentRecord,
  IntegrationRecord,
  RouteRecord,
  Snapshot,
  StageRecord,
} from './records.ts';

export interface ApiGatewayOptions {
  readonly state: State;
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
}

/** HTTP APIs and their parts; the parts lie under `apiId/id`. */
export class ApiGatewayStore {
  readonly apis: Collection<ApiRecord>;
  readonly stages: Parts<StageRecord>;
  readonly routes: Parts<RouteRecord>;
  readonly integrations: Parts<IntegrationRecord>;
  readonly authorizers: Parts<AuthorizerRecord>;
  readonly deployments: Parts<DeploymentRecord>;
  readonly authorizerResults: AuthorizerResults;
  readonly #state: State;
  readonly #clock: Clock;

  constructor({state, clock}: ApiGatewayOptions) {
    this.#state = state;
    this.#clock = clock;
    this.apis = state.collection('apigatewayv2 apis');
    this.stages = new Parts('stage', state.collection('apigatewayv2 stages'));
    this.routes = new Parts('Route', state.collection('apigatewayv2 routes'));
    this.integrations = new Parts('Integration', state.collection('apigatewayv2 integrations'));
    this.authorizers = new Parts('Authorizer', state.collection('apigatewayv2 authorizers'));
    this.deployments = new Parts('Deployment', state.collection('apigatewayv2 deployments'));
    this.authorizerResults = new AuthorizerResults(clock);
  }

  api(apiId: string): ApiRecord {
    const api = this.apis.get(apiId);
    if (api === undefined) throw notFound(`Invalid API identifier specified ${apiId}`);
    return api;
  }

  /** Makes a change of an API, and deploys it to the stages that want every change at once. */
  change<T>(apiId: string, make: () => T): T {
    this.api(apiId);
    return this.#state.transaction(() => {
      const result = make();
      for (const stage of this.stages.of(apiId)) if (stage.autoDeploy) this.autoDeploy(apiId, stage);
      return result;
    });
  }

  /** The stage with a deployment of what the API is now, in the place of the one that was made so before. */
  autoDeploy(apiId: string, stage: StageRecord): StageRecord {
    const before = this.deployments.find(apiId, stage.deploymentId ?? '');
    const {deploymentId} = this.deploy(apiId, {
      autoDeployed: true,
      description: 'Automatic deployment triggered by changes to the Api configuration',
    });
    const deployed = {
      ...stage,
      deploymentId,
      lastDeploymentStatusMessage: `Successfully deployed stage with deployment ID '${deploymentId}'`,
    };
    this.stages.set(apiId, stage.stageName, deployed);
    if (before?.autoDeployed === true) this.deployments.delete(apiId, before.deploymentId);
    return deployed;
  }

  deploy(apiId: string, how: Pick<DeploymentRecord, 'autoDeployed' | 'description'>): DeploymentRecord {
    const deployment: DeploymentRecord = {
      deploymentId: newId(6),
      deploymentStatus: 'DEPLOYED',
      createdDate: this.now(),
      ...how,
      snapshot: this.#snapshot(apiId),
    };
    this.deployments.set(apiId, deployment.deploymentId, deployment);
    return deployment;
  }

  deleteApi(apiId: string): void {
    this.#state.transaction(() => {
      for (const parts of [this.stages, this.routes, this.integrations, this.authorizers, this.deployments])
        parts.deleteAll(apiId);
      this.apis.delete(apiId);
    });
  }

  now(): string {
    return isoTime(this.#clock.now());
  }

  #snapshot(apiId: string): Snapshot {
    const {corsConfiguration} = this.api(apiId);
    return {
      ...(corsConfiguration !== undefined && {cors: corsConfiguration}),
      routes: this.routes.of(apiId),
      integrations: this.integrations.of(apiId),
      authorizers: this.authorizers.of(apiId),
    };
  }
}

/** The parts of one kind of all APIs. */
class Parts<T> {
  readonly #title: string;
  readonly #records: Collection<T>;

  constructor(title: string, records: Collection<T>) {
    this.#title = title;
    this.#records = records;
  }

  of(apiId: string): T[] {
    const prefix = `${apiId}/`;
    return [...this.#records.entries()].filter(([key]) => key.startsWith(prefix)).map(([, record]) => record);
  }

  find(apiId: string, id: string): T | undefined {
    return this.#records.get(`${apiId}/${id}`);
  }

  get(apiId: string, id: string): T {
    const record = this.find(apiId, id);
    if (record === undefined) throw notFound(`Invalid ${this.#title} identifier specified ${id}`);
    return record;
  }

  set(apiId: string, id: string, record: T): T {
    this.#records.set(`${apiId}/${id}`, record);
    return record;
  }

  delete(apiId: string, id: string): void {
    this.#records.delete(`${apiId}/${id}`);
  }

  deleteAll(apiId: string): void {
    for (const key of [...this.#records.keys()]) if (key.startsWith(`${apiId}/`)) this.#records.delete(key);
  }
}
