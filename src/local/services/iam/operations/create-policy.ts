import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {tagList} from '../../../tag-list.ts';
import {checkIdentityPolicy, policySize} from '../check-policy.ts';
import {alreadyExists, limitExceeded} from '../errors.ts';
import {checkName, checkPath, uniqueId} from '../names.ts';
import {requestTags} from '../permissions.ts';
import {presentPolicy} from '../present.ts';
import type {ManagedPolicyRecord} from '../records.ts';
import type {IamStore} from '../store.ts';
import {mergeTags} from '../tags.ts';

export const createPolicy = operationOf<IamStore>()({
  name: 'CreatePolicy',
  input: structure({
    PolicyName: required(string),
    PolicyDocument: required(string),
    Path: string,
    Description: string,
    Tags: tagList,
  }),
  permissions({PolicyName, Path = '/', Tags = []}, {account}) {
    const resource = `arn:aws:iam::${account}:policy${Path}${PolicyName}`;
    const context = requestTags(Tags);
    const create = {action: 'iam:CreatePolicy', resource, context};
    return Tags.length === 0 ? [create] : [create, {action: 'iam:TagPolicy', resource, context}];
  },
  run({PolicyName, PolicyDocument, Path = '/', Description, Tags = []}, {account, clock}, store) {
    checkName('policyName', PolicyName, 128);
    checkPath(Path);
    checkIdentityPolicy(PolicyDocument);
    if (policySize(PolicyDocument) > 6144) throw limitExceeded('Cannot exceed quota for PolicySize: 6144');
    const taken = [...store.customerPolicies()].some(
      ({policyName}) => policyName.toLowerCase() === PolicyName.toLowerCase(),
    );
    if (taken) throw alreadyExists(`A policy called ${PolicyName} already exists. Duplicate names are not allowed.`);
    const now = clock.now();
    const policy: ManagedPolicyRecord = {
      policyName: PolicyName,
      path: Path,
      policyId: uniqueId('ANPA'),
      arn: `arn:aws:iam::${account}:policy${Path}${PolicyName}`,
      ...(Description === undefined ? {} : {description: Description}),
      createDate: now,
      updateDate: now,
      defaultVersionId: 'v1',
      versions: [{versionId: 'v1', document: PolicyDocument, createDate: now}],
      nextVersion: 2,
      tags: mergeTags([], Tags),
    };
    store.savePolicy(policy);
    return {Policy: {...presentPolicy(policy, store), Tags: policy.tags}};
  },
});
