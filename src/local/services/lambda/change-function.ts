import {randomUUID} from 'node:crypto';
import {type FunctionConfiguration, latest} from './function-configuration.ts';
import {functionArn} from './function-name.ts';
import type {LambdaStore} from './store.ts';

/** What is new about `$LATEST`: it has a new revision, and environments of the old one take no more invocations. */
export function changeLatest(
  name: string,
  change: (before: FunctionConfiguration) => FunctionConfiguration,
  store: LambdaStore,
): FunctionConfiguration {
  const record = store.function({name});
  const changed = {...change(record.latest), ...stamp(store)};
  store.functions.set(name, {...record, latest: changed});
  store.options.runtime.retire(name, latest);
  return changed;
}

/** A version of `$LATEST` as it is; the last one again when nothing changed since. */
export function publish(name: string, description: string | undefined, store: LambdaStore): FunctionConfiguration {
  const record = store.function({name});
  const last = store.versions.get(`${name}:${record.lastVersion}`);
  if (last !== undefined && content(last) === content(record.latest)) return last;
  const Version = String(record.lastVersion + 1);
  const version: FunctionConfiguration = {
    ...record.latest,
    ...(description !== undefined && {Description: description}),
    Version,
    FunctionArn: functionArn({name, qualifier: Version}, store.options),
    RevisionId: randomUUID(),
  };
  store.options.state.transaction(() => {
    store.versions.set(`${name}:${Version}`, version);
    store.functions.set(name, {...record, lastVersion: record.lastVersion + 1});
  });
  return version;
}

export function stamp({options}: LambdaStore): Pick<FunctionConfiguration, 'LastModified' | 'RevisionId'> {
  return {
    LastModified: new Date(options.clock.now()).toISOString().replace('Z', '+0000'),
    RevisionId: randomUUID(),
  };
}

/** What makes two versions different: not when, nor under which number and description, they were made. */
function content({
  Version,
  FunctionArn,
  RevisionId,
  LastModified,
  Description,
  ...rest
}: FunctionConfiguration): string {
  return JSON.stringify(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)));
}
