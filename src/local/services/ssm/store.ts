import type {Clock} from '../../clock.ts';
import {ServiceError} from '../../service-error.ts';
import type {Collection, State} from '../../state.ts';
import {parameterNotFound} from './errors.ts';
import {newest, type ParameterRecord, type ParameterVersion} from './parameter.ts';
import {selected} from './parameter-name.ts';

export interface SsmOptions {
  readonly state: State;
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
}

/** AWS keeps so many versions of a parameter. */
const mostVersions = 100;

export class SsmStore {
  readonly #arnPrefix: string;
  readonly #parameters: Collection<ParameterRecord>;

  constructor({state, account, region}: SsmOptions) {
    this.#arnPrefix = `arn:aws:ssm:${region}:${account}:parameter/`;
    this.#parameters = state.collection('ssm parameters');
  }

  parameters(): ParameterRecord[] {
    return [...this.#parameters.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** A name's leading slash and the one before the resource's name are the same. */
  arnOf(name: string): string {
    return name.startsWith('arn:') ? name : `${this.#arnPrefix}${name.replace(/^\//, '')}`;
  }

  /** An ARN does not tell whether the name begins with a slash. */
  find(name: string): ParameterRecord | undefined {
    if (!name.startsWith(this.#arnPrefix)) return this.#parameters.get(name);
    const rest = name.slice(this.#arnPrefix.length);
    return this.#parameters.get(`/${rest}`) ?? this.#parameters.get(rest);
  }

  parameter(name: string): ParameterRecord {
    const parameter = this.find(name);
    if (parameter === undefined) throw parameterNotFound(name);
    return parameter;
  }

  /** The parameter and the version that `name:selector` speaks of; undefined when there is no such parameter. */
  lookUp(text: string): Found | undefined {
    const {name, selector} = selected(text);
    const parameter = this.find(name);
    if (parameter === undefined) return undefined;
    if (selector === undefined) return {parameter, version: newest(parameter)};
    const wanted = selector.slice(1);
    const version = parameter.versions.find(candidate =>
      /^\d+$/.test(wanted) ? candidate.version === Number(wanted) : candidate.labels.includes(wanted),
    );
    return version && {parameter, version, selector};
  }

  save(parameter: ParameterRecord): void {
    this.#parameters.set(parameter.name, parameter);
  }

  addVersion(parameter: ParameterRecord, version: ParameterVersion): void {
    const versions = [...parameter.versions, version];
    if (versions.length > mostVersions) {
      const [oldest] = versions.splice(0, 1);
      if (oldest!.labels.length > 0)
        throw new ServiceError(
          'ParameterMaxVersionLimitExceeded',
          `You attempted to create a new version of ${parameter.name} by calling the PutParameter API with the overwrite flag. Version ${oldest!.version}, the oldest version, can't be deleted because it has a label associated with it. Move the label to another version of the parameter, and try again.`,
        );
    }
    this.save({...parameter, versions});
  }

  delete(name: string): boolean {
    const parameter = this.find(name);
    return parameter !== undefined && this.#parameters.delete(parameter.name);
  }
}

export interface Found {
  readonly parameter: ParameterRecord;
  readonly version: ParameterVersion;
  readonly selector?: string;
}
