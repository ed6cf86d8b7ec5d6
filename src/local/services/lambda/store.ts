import type {Caller} from '../../caller.ts';
import type {Clock} from '../../clock.ts';
import type {Identity} from '../../identity.ts';
import type {PermissionRequest} from '../../operation.ts';
import type {Collection, State} from '../../state.ts';
import {CodeStore} from './code-store.ts';
import {notFound} from './errors.ts';
import {type FunctionConfiguration, latest} from './function-configuration.ts';
import {type FunctionReference, functionArn, functionReference} from './function-name.ts';
import type {
  AliasRecord,
  AsyncInvocation,
  EventInvokeRecord,
  EventSourceMapping,
  FunctionRecord,
  PolicyRecord,
  StreamCheckpoint,
} from './records.ts';
import type {FunctionRuntime, InvocationResult} from './runtime.ts';

export interface LambdaOptions {
  readonly state: State;
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
  readonly runtime: FunctionRuntime;
  /** Whether a role trusts Lambda. */
  readonly identity: Pick<Identity, 'trusts'>;
  /** Whether an execution role may do what Lambda is to do with it; `Access.allows`. */
  readonly allows: (caller: Caller, request: PermissionRequest) => boolean;
  /** From 0 up to 1: which version an invocation of a weighted alias runs. `Math.random` unless said. */
  readonly chance?: () => number;
}

/** A function with the version that an invocation of it runs. */
export interface InvocationTarget {
  readonly configuration: FunctionConfiguration;
  /** As it was named, qualifier included. */
  readonly arn: string;
}

/** What Lambda knows, and where it says that something changed. */
export class LambdaStore {
  readonly options: LambdaOptions;
  readonly functions: Collection<FunctionRecord>;
  /** Published versions, by `name:version`; the rest likewise. */
  readonly versions: Collection<FunctionConfiguration>;
  readonly aliases: Collection<AliasRecord>;
  /** By `name`, or `name:qualifier`. */
  readonly policies: Collection<PolicyRecord>;
  readonly eventInvokeConfigs: Collection<EventInvokeRecord>;
  readonly mappings: Collection<EventSourceMapping>;
  /** By the mapping's UUID. */
  readonly checkpoints: Collection<StreamCheckpoint>;
  readonly asyncInvocations: Collection<AsyncInvocation>;
  readonly code: CodeStore;
  /** By the mapping's UUID; what happened last is not worth keeping over a restart. */
  readonly lastProcessingResults = new Map<string, string>();
  #listeners: {mappings: (() => void)[]; asyncInvocations: (() => void)[]} = {mappings: [], asyncInvocations: []};

  constructor(options: LambdaOptions) {
    const {state} = options;
    this.options = options;
    this.functions = state.collection('lambda functions');
    this.versions = state.collection('lambda versions');
    this.aliases = state.collection('lambda aliases');
    this.policies = state.collection('lambda policies');
    this.eventInvokeConfigs = state.collection('lambda event invoke configs');
    this.mappings = state.collection('lambda event source mappings');
    this.checkpoints = state.collection('lambda stream checkpoints');
    this.asyncInvocations = state.collection('lambda async invocations');
    this.code = new CodeStore(state.folder('lambda'));
    const used = [...[...this.functions.values()].map(({latest}) => latest), ...this.versions.values()];
    this.code.sweep(new Set(used.map(({CodeSha256}) => CodeSha256)));
  }

  reference(given: string, qualifier?: string): FunctionReference {
    return functionReference(given, this.options, qualifier);
  }

  arn(reference: FunctionReference): string {
    return functionArn(reference, this.options);
  }

  /** The function, whichever version is meant. */
  function({name}: FunctionReference): FunctionRecord {
    const record = this.functions.get(name);
    if (record === undefined) throw notFound(`Function not found: ${this.arn({name})}`);
    return record;
  }

  alias({name, qualifier}: FunctionReference): AliasRecord {
    const alias = this.aliases.get(`${name}:${qualifier}`);
    if (alias === undefined) throw notFound(`Cannot find alias arn: ${this.arn({name, qualifier: qualifier!})}`);
    return alias;
  }

  versionsOf(name: string): readonly FunctionConfiguration[] {
    return [...this.versions.values()]
      .filter(version => version.FunctionName === name)
      .sort((a, b) => Number(a.Version) - Number(b.Version));
  }

  aliasesOf(name: string): readonly AliasRecord[] {
    const prefix = `${this.arn({name})}:`;
    return [...this.aliases.values()]
      .filter(alias => alias.AliasArn.startsWith(prefix))
      .sort((a, b) => (a.Name < b.Name ? -1 : 1));
  }

  /** The version that a qualifier means; of an alias with weights the main one. */
  configuration(reference: FunctionReference): FunctionConfiguration {
    const {latest: current} = this.function(reference);
    const {name, qualifier = latest} = reference;
    if (qualifier === latest) return current;
    const version = this.aliases.get(`${name}:${qualifier}`)?.FunctionVersion ?? qualifier;
    const found = version === latest ? current : this.versions.get(`${name}:${version}`);
    if (found === undefined) throw notFound(`Function not found: ${this.arn(reference)}`);
    return found;
  }

  /** As `configuration`, with the weights of an alias played out for one invocation. */
  target(reference: FunctionReference): InvocationTarget {
    const {name, qualifier} = reference;
    const weights = this.aliases.get(`${name}:${qualifier}`)?.RoutingConfig?.AdditionalVersionWeights ?? {};
    let chance = (this.options.chance ?? Math.random)();
    for (const [version, weight] of Object.entries(weights)) {
      if (chance < weight)
        return {configuration: this.configuration({name, qualifier: version}), arn: this.arn(reference)};
      chance -= weight;
    }
    return {configuration: this.configuration(reference), arn: this.arn(reference)};
  }

  invoke(
    {configuration, arn}: InvocationTarget,
    request: {readonly requestId: string; readonly payload: Uint8Array; readonly clientContext?: string},
  ): Promise<InvocationResult> {
    const reserved = this.functions.get(configuration.FunctionName)?.reservedConcurrency;
    return this.options.runtime.invoke({
      configuration,
      taskRoot: this.code.taskRoot(configuration.CodeSha256),
      invokedFunctionArn: arn,
      ...request,
      ...(reserved !== undefined && {reservedConcurrency: reserved}),
    });
  }

  /** Calls `listener` whenever a mapping was made, changed or deleted; the answer ends that. */
  onMappingsChanged(listener: () => void): () => void {
    return subscribe(this.#listeners.mappings, listener);
  }

  onAsyncInvocation(listener: () => void): () => void {
    return subscribe(this.#listeners.asyncInvocations, listener);
  }

  setMapping(mapping: EventSourceMapping): void {
    this.mappings.set(mapping.UUID, mapping);
    for (const listener of this.#listeners.mappings) listener();
  }

  deleteMapping(uuid: string): void {
    this.mappings.delete(uuid);
    this.checkpoints.delete(uuid);
    this.lastProcessingResults.delete(uuid);
    for (const listener of this.#listeners.mappings) listener();
  }

  /** Kept before the caller is told that the event was accepted. */
  queueAsyncInvocation(invocation: AsyncInvocation): void {
    this.asyncInvocations.set(invocation.requestId, invocation);
    for (const listener of this.#listeners.asyncInvocations) listener();
  }
}

function subscribe(listeners: (() => void)[], listener: () => void): () => void {
  listeners.push(listener);
  return () => void listeners.splice(listeners.indexOf(listener), 1);
}
