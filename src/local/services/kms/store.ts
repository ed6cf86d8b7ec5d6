import {randomBytes, randomUUID} from 'node:crypto';
import type {Clock} from '../../clock.ts';
import {ServiceError} from '../../service-error.ts';
import type {Collection, State} from '../../state.ts';
import {type EncryptionContext, open, originOf, seal} from './ciphertext.ts';
import {aliasNotFound, invalidCiphertext, keyNotFound} from './errors.ts';
import {type GrantRecord, grantStatements} from './grant.ts';
import {type KeyRecord, keyState, nextRotation} from './key.ts';
import {defaultKeyPolicy, managedKeyPolicy} from './key-policy.ts';

export interface KmsOptions {
  readonly state: State;
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
}

export interface AliasRecord {
  /** `alias/orders`. */
  readonly name: string;
  readonly keyId: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Services whose AWS managed key is made when somebody first asks for its alias. */
const managedKeyServices = ['dynamodb', 'lambda', 's3', 'secretsmanager', 'sns', 'sqs', 'ssm'];

/** Keys with their material, aliases and grants. */
export class KmsStore {
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
  readonly state: State;
  readonly aliases: Collection<AliasRecord>;
  readonly grants: Collection<GrantRecord>;
  readonly #keys: Collection<KeyRecord>;

  constructor({state, clock, account, region}: KmsOptions) {
    this.state = state;
    this.clock = clock;
    this.account = account;
    this.region = region;
    this.#keys = state.collection('kms keys');
    this.aliases = state.collection('kms aliases');
    this.grants = state.collection('kms grants');
  }

  keys(): KeyRecord[] {
    return [...this.#keys.keys()].map(id => this.#find(id)).filter(key => key !== undefined);
  }

  arnOf(keyId: string): string {
    return `arn:aws:kms:${this.region}:${this.account}:key/${keyId}`;
  }

  aliasArn(name: string): string {
    return `arn:aws:kms:${this.region}:${this.account}:${name}`;
  }

  aliasesOf(keyId: string): AliasRecord[] {
    return [...this.aliases.values()].filter(alias => alias.keyId === keyId);
  }

  grantsOf(keyId: string): GrantRecord[] {
    return [...this.grants.values()].filter(grant => grant.keyId === keyId);
  }

  /** The ID in what a caller names a key by: its ID, its ARN, an alias, or an alias's ARN. */
  keyIdOf(name: string): string {
    const own = `arn:aws:kms:${this.region}:${this.account}:`;
    const short = name.startsWith(own) ? name.slice(own.length) : name;
    if (!short.startsWith('alias/')) return short.startsWith('key/') ? short.slice('key/'.length) : short;
    const alias = this.aliases.get(short) ?? this.#managedAlias(short);
    if (alias === undefined) throw aliasNotFound(this.aliasArn(short));
    return alias.keyId;
  }

  key(name: string): KeyRecord {
    const id = this.keyIdOf(name);
    const key = this.#find(id);
    if (key === undefined) throw keyNotFound(id.startsWith('arn:') ? id : this.arnOf(id));
    return key;
  }

  keyOfArn(arn: string): KeyRecord | undefined {
    const prefix = this.arnOf('');
    return arn.startsWith(prefix) ? this.#find(arn.slice(prefix.length)) : undefined;
  }

  /** One that can be changed by its account: not AWS's own. */
  customerKey(name: string): KeyRecord {
    const key = this.key(name);
    if (key.managedFor !== undefined)
      throw new ServiceError('UnsupportedOperationException', `${this.arnOf(key.id)} is an AWS managed key.`);
    return key;
  }

  /** One that has not been given up. */
  livingKey(name: string): KeyRecord {
    const key = this.customerKey(name);
    if (keyState(key) === 'PendingDeletion') throw this.#invalidState(key);
    return key;
  }

  createKey(key: {
    readonly description?: string | undefined;
    readonly policy?: string | undefined;
    readonly tags?: Readonly<Record<string, string>>;
    readonly managedFor?: string;
  }): KeyRecord {
    const {description = '', policy = defaultKeyPolicy(this.account), tags = {}, managedFor} = key;
    const createdAt = this.clock.now();
    const record: KeyRecord = {
      id: randomUUID(),
      description,
      createdAt,
      enabled: true,
      policy,
      tags,
      material: [{secret: randomBytes(32).toString('base64'), since: createdAt}],
      ...(managedFor === undefined ? {} : {managedFor, rotation: {periodInDays: 365, since: createdAt}}),
    };
    this.#keys.set(record.id, record);
    return record;
  }

  save(key: KeyRecord): void {
    this.#keys.set(key.id, key);
  }

  encrypt(key: KeyRecord, plaintext: Uint8Array, context: EncryptionContext): Buffer {
    const {id, material} = this.#rotated(this.#usable(key));
    return seal(plaintext, material.at(-1)!.secret, {keyId: id, material: material.length - 1}, context);
  }

  /** `wanted` is the key that the caller says it was, if it says any. */
  decrypt(
    ciphertext: Uint8Array,
    context: EncryptionContext,
    wanted?: string,
  ): {readonly key: KeyRecord; readonly plaintext: Buffer} {
    const origin = originOf(ciphertext);
    const key = this.key(wanted ?? origin.keyId);
    if (key.id !== origin.keyId)
      throw new ServiceError(
        'IncorrectKeyException',
        'The key ID in the request does not identify a CMK that can perform this operation.',
      );
    const material = this.#usable(key).material[origin.material];
    if (material === undefined) throw invalidCiphertext();
    return {key, plaintext: open(ciphertext, material.secret, context)};
  }

  /** The key's own policy, and what its grants add to it. */
  policyOf(arn: string): unknown {
    const key = this.keyOfArn(arn);
    if (key === undefined) return undefined;
    const grants = this.grantsOf(key.id);
    if (grants.length === 0) return key.policy;
    const policy = JSON.parse(key.policy) as {Statement: object | object[]};
    return {...policy, Statement: [...[policy.Statement].flat(), ...grants.flatMap(grantStatements)]};
  }

  #usable(key: KeyRecord): KeyRecord {
    const state = keyState(key);
    if (state === 'Disabled') throw new ServiceError('DisabledException', `${this.arnOf(key.id)} is disabled.`);
    if (state === 'PendingDeletion') throw this.#invalidState(key);
    return key;
  }

  #invalidState(key: KeyRecord): ServiceError {
    return new ServiceError('KMSInvalidStateException', `${this.arnOf(key.id)} is pending deletion.`);
  }

  /** Nobody sees when material changes, so it does when it is next used. */
  #rotated(key: KeyRecord): KeyRecord {
    const due = nextRotation(key);
    if (due === undefined || this.clock.now() < due) return key;
    const fresh = {secret: randomBytes(32).toString('base64'), since: this.clock.now()};
    const rotated = {...key, material: [...key.material, fresh]};
    this.save(rotated);
    return rotated;
  }

  /** A key whose time has come is gone with its aliases and grants as soon as anybody looks. */
  #find(id: string): KeyRecord | undefined {
    const key = this.#keys.get(id);
    if (key?.deletionAt === undefined || this.clock.now() < key.deletionAt) return key;
    this.state.transaction(() => {
      for (const {name} of this.aliasesOf(id)) this.aliases.delete(name);
      for (const grant of this.grantsOf(id)) this.grants.delete(grant.id);
      this.#keys.delete(id);
    });
    return undefined;
  }

  #managedAlias(name: string): AliasRecord | undefined {
    const service = managedKeyServices.find(candidate => name === `alias/aws/${candidate}`);
    if (service === undefined) return undefined;
    return this.state.transaction(() => {
      const {id, createdAt} = this.createKey({
        description: `Default key that protects my data when no other key is defined (${service})`,
        policy: managedKeyPolicy(service, this),
        managedFor: service,
      });
      const alias = {name, keyId: id, createdAt, updatedAt: createdAt};
      this.aliases.set(name, alias);
      return alias;
    });
  }
}
