import {randomUUID} from 'node:crypto';
import type {Clock} from '../../clock.ts';
import type {Identity} from '../../identity.ts';
import {ServiceError} from '../../service-error.ts';
import type {Collection, Journal, State} from '../../state.ts';
import type {ExecutionEnd, StackEngine} from './engine.ts';
import type {ChangeSet, Stack, StackEvent, StackResource} from './model.ts';

export interface CloudFormationOptions {
  readonly identity: Pick<Identity, 'trusts'>;
  readonly state: State;
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
}

/** The records of stacks, change sets and events, each written through before anything answers. */
export class CloudFormationStore {
  readonly #options: CloudFormationOptions;
  readonly #stacks: Collection<Stack>;
  readonly #changeSets: Collection<ChangeSet>;
  readonly #events: Journal<StackEvent>;
  #engine: StackEngine | undefined;

  constructor(options: CloudFormationOptions) {
    this.#options = options;
    this.#stacks = options.state.collection('cloudformation_stacks');
    this.#changeSets = options.state.collection('cloudformation_change_sets');
    this.#events = options.state.journal('cloudformation_events');
  }

  /** The engine calls services through access, which is made after the services. */
  attach(engine: StackEngine): void {
    this.#engine = engine;
  }

  get engine(): StackEngine {
    if (this.#engine === undefined) throw new Error('the stack engine is not attached');
    return this.#engine;
  }

  /** Whether CloudFormation may take the role for the stack. */
  mayAssume(roleArn: string, stackId: string): boolean {
    const {identity, account} = this.#options;
    const service = 'cloudformation.amazonaws.com';
    return identity.trusts(roleArn, {service, sourceArn: stackId, sourceAccount: account});
  }

  now(): number {
    return this.#options.clock.now();
  }

  arn(kind: 'stack' | 'changeSet', name: string, id: string = randomUUID()): string {
    return `arn:aws:cloudformation:${this.#options.region}:${this.#options.account}:${kind}/${name}/${id}`;
  }

  stacks(): Stack[] {
    return [...this.#stacks.values()].sort((a, b) => b.created - a.created);
  }

  /** By name the one that is not deleted, by ARN any. */
  find(nameOrId: string): Stack | undefined {
    if (nameOrId.startsWith('arn:')) return this.#stacks.get(nameOrId);
    for (const stack of this.#stacks.values())
      if (stack.stackName === nameOrId && stack.status !== 'DELETE_COMPLETE') return stack;
    return undefined;
  }

  /** AWS says it in one of two sentences, depending on the operation. */
  get(nameOrId: string, missing = `Stack with id ${nameOrId} does not exist`): Stack {
    const stack = this.find(nameOrId);
    if (stack === undefined) throw new ServiceError('ValidationError', missing);
    return stack;
  }

  /** The ARN that permissions are checked on; for a stack that does not exist, any stack of that name. */
  permissionResource(nameOrId: string): string {
    return this.find(nameOrId)?.stackId ?? (nameOrId.startsWith('arn:') ? nameOrId : this.arn('stack', nameOrId, '*'));
  }

  save(stack: Stack): Stack {
    this.#stacks.set(stack.stackId, stack);
    return stack;
  }

  update(stackId: string, change: (stack: Stack) => Stack): Stack {
    return this.save(change(this.get(stackId)));
  }

  forget(stackId: string): void {
    this.#stacks.delete(stackId);
  }

  /** A new status of the stack and its event, together. */
  setStatus(stackId: string, status: Stack['status'], reason?: string, change: Partial<Stack> = {}): Stack {
    return this.#options.state.transaction(() => {
      const {statusReason: _, ...rest} = this.get(stackId);
      const stack = this.save({...rest, ...change, status, ...(reason === undefined ? {} : {statusReason: reason})});
      this.#append(stack, {
        eventId: randomUUID(),
        logicalId: stack.stackName,
        physicalId: stackId,
        type: 'AWS::CloudFormation::Stack',
        status,
        ...(reason === undefined ? {} : {statusReason: reason}),
      });
      return stack;
    });
  }

  /** A resource's new state and its event, together. */
  setResource(stackId: string, resource: StackResource): Stack {
    return this.#options.state.transaction(() => {
      const stack = this.update(stackId, before => ({
        ...before,
        resources: {...before.resources, [resource.logicalId]: resource},
      }));
      this.resourceEvent(stack, resource);
      return stack;
    });
  }

  resourceEvent(
    stack: Stack,
    {logicalId, physicalId = '', type, status, statusReason, properties}: StackResource,
  ): void {
    this.#append(stack, {
      // AWS ends it with the time; here two events can share a millisecond, and readers tell events apart by this.
      eventId: `${logicalId}-${status}-${randomUUID()}`,
      logicalId,
      physicalId,
      type,
      status,
      ...(statusReason === undefined ? {} : {statusReason}),
      properties: JSON.stringify(properties),
    });
  }

  #append(
    {stackId, stackName, operationId, clientRequestToken}: Stack,
    event: Omit<StackEvent, 'stackId' | 'stackName' | 'operationId' | 'time' | 'clientRequestToken'>,
  ): void {
    const time = this.now();
    const token = clientRequestToken === undefined ? {} : {clientRequestToken};
    this.#events.append(stackId, time, {...event, stackId, stackName, operationId, time, ...token});
  }

  /** Newest first. */
  events(stackId: string): StackEvent[] {
    return this.#events
      .read({key: stackId})
      .map(({entry}) => entry)
      .reverse();
  }

  changeSets(stackId: string): ChangeSet[] {
    return [...this.#changeSets.values()]
      .filter(changeSet => changeSet.stackId === stackId)
      .sort((a, b) => b.created - a.created);
  }

  findChangeSet(nameOrId: string, stackName?: string): ChangeSet | undefined {
    if (nameOrId.startsWith('arn:')) return this.#changeSets.get(nameOrId);
    const stack = stackName === undefined ? undefined : this.find(stackName);
    // An executed change set gives its name back and can only be found by its ARN.
    return (
      stack &&
      this.changeSets(stack.stackId).find(
        ({changeSetName, executionStatus}) =>
          changeSetName === nameOrId && executionStatus !== 'EXECUTE_COMPLETE' && executionStatus !== 'EXECUTE_FAILED',
      )
    );
  }

  getChangeSet(nameOrId: string, stackName?: string): ChangeSet {
    const changeSet = this.findChangeSet(nameOrId, stackName);
    if (changeSet === undefined)
      throw new ServiceError('ChangeSetNotFound', `ChangeSet [${nameOrId}] does not exist`, {status: 404});
    return changeSet;
  }

  saveChangeSet(changeSet: ChangeSet): ChangeSet {
    this.#changeSets.set(changeSet.changeSetId, changeSet);
    return changeSet;
  }

  /** Those of nested stacks go with it. */
  deleteChangeSet(changeSetId: string): void {
    this.#changeSets.delete(changeSetId);
    for (const {parentChangeSetId, changeSetId: nested} of [...this.#changeSets.values()])
      if (parentChangeSetId === changeSetId) this.deleteChangeSet(nested);
  }

  endExecution(stack: Stack, end: ExecutionEnd): void {
    for (const changeSet of this.changeSets(stack.stackId))
      if (changeSet.executionStatus === 'EXECUTE_IN_PROGRESS') this.saveChangeSet({...changeSet, executionStatus: end});
  }

  /** Every export of the region, by name. */
  exports(): Map<string, {readonly stackId: string; readonly value: string}> {
    const exports = new Map<string, {stackId: string; value: string}>();
    for (const stack of this.#stacks.values())
      if (stack.status !== 'DELETE_COMPLETE')
        for (const {exportName, value} of stack.outputs)
          if (exportName !== undefined) exports.set(exportName, {stackId: stack.stackId, value});
    return exports;
  }

  importersOf(exportName: string): Stack[] {
    return this.stacks().filter(stack => stack.status !== 'DELETE_COMPLETE' && stack.imports.includes(exportName));
  }
}
