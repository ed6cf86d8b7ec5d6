import {randomInt, randomUUID} from 'node:crypto';
import type {Clock} from '../../clock.ts';
import type {Identity} from '../../identity.ts';
import type {Collection, State} from '../../state.ts';
import {exception} from './errors.ts';
import {type ApplicationRecord, type DeploymentRecord, type GroupRecord, hasEnded} from './records.ts';

export interface CodedeployOptions {
  readonly state: State;
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
  /** Whether a role trusts CodeDeploy. */
  readonly identity: Pick<Identity, 'trusts'>;
}

/** Applications, deployment groups and deployments; what carries the deployments out is told of each change from outside. */
export class CodedeployStore {
  readonly options: CodedeployOptions;
  readonly applications: Collection<ApplicationRecord>;
  readonly #groups: Collection<GroupRecord>;
  readonly #deployments: Collection<DeploymentRecord>;
  readonly #listeners = new Set<(deploymentId: string) => void>();

  constructor(options: CodedeployOptions) {
    const {state} = options;
    this.options = options;
    this.applications = state.collection('codedeploy applications');
    this.#groups = state.collection('codedeploy deployment groups');
    this.#deployments = state.collection('codedeploy deployments');
  }

  now(): number {
    return this.options.clock.now();
  }

  applicationArn(name: string): string {
    return `${this.#arn}application:${name}`;
  }

  groupArn(application: string, group: string): string {
    return `${this.#arn}deploymentgroup:${application}/${group}`;
  }

  application(name: string): ApplicationRecord {
    const application = this.applications.get(name);
    if (application === undefined) throw exception('ApplicationDoesNotExist', `No application found for name: ${name}`);
    return application;
  }

  deleteApplication(name: string): void {
    this.options.state.transaction(() => {
      for (const {deploymentGroupName} of this.groupsOf(name)) this.deleteGroup(name, deploymentGroupName);
      this.applications.delete(name);
    });
  }

  findGroup(application: string, name: string): GroupRecord | undefined {
    return this.#groups.get(`${application}/${name}`);
  }

  group(application: string, name: string): GroupRecord {
    this.application(application);
    const group = this.findGroup(application, name);
    if (group === undefined)
      throw exception('DeploymentGroupDoesNotExist', `No Deployment Group found for name: ${name}`);
    return group;
  }

  groupsOf(application: string): GroupRecord[] {
    return [...this.#groups.values()]
      .filter(({applicationName}) => applicationName === application)
      .sort((a, b) => (a.deploymentGroupName < b.deploymentGroupName ? -1 : 1));
  }

  setGroup(group: GroupRecord): void {
    this.#groups.set(`${group.applicationName}/${group.deploymentGroupName}`, group);
  }

  deleteGroup(application: string, name: string): void {
    this.#groups.delete(`${application}/${name}`);
  }

  newId(): string {
    return randomUUID();
  }

  newDeploymentId(): string {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
    return `d-${Array.from({length: 9}, () => letters[randomInt(letters.length)]).join('')}`;
  }

  findDeployment(id: string): DeploymentRecord | undefined {
    return this.#deployments.get(id);
  }

  deployment(id: string): DeploymentRecord {
    const deployment = this.findDeployment(id);
    if (deployment === undefined) throw exception('DeploymentDoesNotExist', `The deployment ${id} could not be found`);
    return deployment;
  }

  /** Newest first. */
  deployments(): DeploymentRecord[] {
    return [...this.#deployments.values()].sort((a, b) => b.createTime - a.createTime);
  }

  running(application: string, group: string): DeploymentRecord | undefined {
    return this.deployments().find(
      deployment =>
        deployment.applicationName === application && deployment.deploymentGroupName === group && !hasEnded(deployment),
    );
  }

  setDeployment(deployment: DeploymentRecord): void {
    this.#deployments.set(deployment.deploymentId, deployment);
  }

  /** For a new deployment, and for one that has something to look at. */
  wake(deploymentId: string): void {
    for (const listener of this.#listeners) listener(deploymentId);
  }

  onWake(listener: (deploymentId: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get #arn(): string {
    return `arn:aws:codedeploy:${this.options.region}:${this.options.account}:`;
  }
}
