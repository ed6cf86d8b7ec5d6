import {evaluate} from '../../../iam/evaluate.ts';
import {parsePolicy} from '../../../iam/parse-policy.ts';
import type {NamedPolicy} from '../../../model/policy.ts';
import type {Clock} from '../../clock.ts';
import type {Identity, RoleIdentity, TrustQuestion} from '../../identity.ts';
import {notImplemented} from '../../service-error.ts';
import type {Collection, State} from '../../state.ts';
import {awsManagedPolicies, awsManagedPolicy} from './aws-managed-policies.ts';
import {noSuchEntity} from './errors.ts';
import type {ManagedPolicyRecord, RoleRecord} from './records.ts';

export interface IamOptions {
  readonly state: State;
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
  /** When a role's permissions were last used, in milliseconds; what `RoleLastUsed` says. */
  readonly lastUsed?: (roleArn: string) => number | undefined;
}

export class IamStore implements Identity {
  readonly account: string;
  readonly region: string;
  readonly lastUsed: (roleArn: string) => number | undefined;
  /** By name in lower case: names that differ only in case are the same. */
  readonly #roles: Collection<RoleRecord>;
  readonly #policies: Collection<ManagedPolicyRecord>;
  readonly #identities = new Map<string, RoleIdentity | undefined>();

  constructor({state, account, region, lastUsed = () => undefined}: IamOptions) {
    this.account = account;
    this.region = region;
    this.lastUsed = lastUsed;
    this.#roles = state.collection('iam.roles');
    this.#policies = state.collection('iam.policies');
  }

  roles(): IterableIterator<RoleRecord> {
    return this.#roles.values();
  }

  roleByName(name: string): RoleRecord {
    const role = this.#roles.get(name.toLowerCase());
    if (role === undefined) throw noSuchEntity(`The role with name ${name} cannot be found.`);
    return role;
  }

  hasRole(name: string): boolean {
    return this.#roles.has(name.toLowerCase());
  }

  saveRole(role: RoleRecord): void {
    this.#roles.set(role.roleName.toLowerCase(), role);
    this.#identities.clear();
  }

  deleteRole(name: string): void {
    this.#roles.delete(name.toLowerCase());
    this.#identities.clear();
  }

  /** False only for a role of this account that is not there: of other accounts nothing is known. */
  mayExist(roleArn: string): boolean {
    return !roleArn.startsWith(`arn:aws:iam::${this.account}:`) || this.#recordOf(roleArn) !== undefined;
  }

  /** The ARN that permissions on the role are asked with, also of a role that does not exist. */
  roleArn(name: string, path = '/'): string {
    return this.#roles.get(name.toLowerCase())?.arn ?? `arn:aws:iam::${this.account}:role${path}${name}`;
  }

  customerPolicies(): IterableIterator<ManagedPolicyRecord> {
    return this.#policies.values();
  }

  managedPolicies(): ManagedPolicyRecord[] {
    return [...this.#policies.values(), ...awsManagedPolicies()];
  }

  findPolicy(arn: string): ManagedPolicyRecord | undefined {
    return this.#policies.get(arn) ?? awsManagedPolicy(arn);
  }

  policyByArn(arn: string): ManagedPolicyRecord {
    const policy = this.findPolicy(arn);
    if (policy) return policy;
    if (arn.startsWith('arn:aws:iam::aws:policy/')) throw notImplemented(`the AWS managed policy ${arn}`);
    throw noSuchEntity(`Policy ${arn} was not found.`);
  }

  savePolicy(policy: ManagedPolicyRecord): void {
    this.#policies.set(policy.arn, policy);
    this.#identities.clear();
  }

  deletePolicy(arn: string): void {
    this.#policies.delete(arn);
    this.#identities.clear();
  }

  rolesWith(policyArn: string): RoleRecord[] {
    return [...this.#roles.values()].filter(role => role.attached.includes(policyArn));
  }

  rolesBoundedBy(policyArn: string): RoleRecord[] {
    return [...this.#roles.values()].filter(role => role.boundary === policyArn);
  }

  role(roleArn: string): RoleIdentity | undefined {
    if (!this.#identities.has(roleArn)) this.#identities.set(roleArn, this.#identityOf(roleArn));
    return this.#identities.get(roleArn);
  }

  trustPolicy(roleArn: string): string | undefined {
    return this.#recordOf(roleArn)?.trustPolicy;
  }

  trusts(roleArn: string, {service, sourceArn, sourceAccount = this.account}: TrustQuestion): boolean {
    const trustPolicy = this.trustPolicy(roleArn);
    if (trustPolicy === undefined) return false;
    const document = parsePolicy(trustPolicy, {arn: roleArn, region: this.region});
    const context = {'aws:SourceAccount': sourceAccount, ...(sourceArn ? {'aws:SourceArn': sourceArn} : {})};
    const principal = {kind: 'service', service} as const;
    const request = {action: 'sts:AssumeRole', resource: roleArn, context, principal};
    return evaluate({identity: [], resource: {name: 'trust policy', document}, request}).allowed;
  }

  #recordOf(roleArn: string): RoleRecord | undefined {
    const role = this.#roles.get(roleArn.slice(roleArn.lastIndexOf('/') + 1).toLowerCase());
    return role?.arn === roleArn ? role : undefined;
  }

  #identityOf(roleArn: string): RoleIdentity | undefined {
    const role = this.#recordOf(roleArn);
    if (role === undefined) return undefined;
    const parse = (text: string) => parsePolicy(text, {arn: roleArn, region: this.region});
    const managed = (arn: string): NamedPolicy => ({
      name: arn,
      document: parse(defaultDocument(this.policyByArn(arn))),
    });
    return {
      roleName: role.roleName,
      roleArn: role.arn,
      roleId: role.roleId,
      policies: [
        ...Object.entries(role.inline).map(([name, text]) => ({name, document: parse(text)})),
        ...role.attached.map(managed),
      ],
      ...(role.boundary === undefined ? {} : {boundary: managed(role.boundary)}),
      tags: Object.fromEntries(role.tags.map(({Key, Value}) => [Key, Value])),
      maxSessionDuration: role.maxSessionDuration,
    };
  }
}

function defaultDocument({versions, defaultVersionId}: ManagedPolicyRecord): string {
  return versions.find(({versionId}) => versionId === defaultVersionId)!.document;
}
