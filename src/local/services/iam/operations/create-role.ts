import {operationOf} from '../../../operation.ts';
import {integer, required, string, structure} from '../../../shape.ts';
import {tagList} from '../../../tag-list.ts';
import {checkTrustPolicy, policySize} from '../check-policy.ts';
import {alreadyExists, limitExceeded} from '../errors.ts';
import {checkMaxSessionDuration, checkName, checkPath, uniqueId} from '../names.ts';
import {requestTags} from '../permissions.ts';
import {presentRole} from '../present.ts';
import type {RoleRecord} from '../records.ts';
import type {IamStore} from '../store.ts';
import {mergeTags} from '../tags.ts';

export const createRole = operationOf<IamStore>()({
  name: 'CreateRole',
  input: structure({
    RoleName: required(string),
    AssumeRolePolicyDocument: required(string),
    Path: string,
    Description: string,
    MaxSessionDuration: integer,
    PermissionsBoundary: string,
    Tags: tagList,
  }),
  permissions({RoleName, Path, PermissionsBoundary, Tags = []}, _, store) {
    const resource = store.roleArn(RoleName, Path);
    const boundary = PermissionsBoundary === undefined ? {} : {'iam:PermissionsBoundary': PermissionsBoundary};
    const create = {action: 'iam:CreateRole', resource, context: {...boundary, ...requestTags(Tags)}};
    return Tags.length === 0 ? [create] : [create, {action: 'iam:TagRole', resource, context: requestTags(Tags)}];
  },
  run(input, {clock}, store) {
    const {RoleName, AssumeRolePolicyDocument, Path = '/', Description, MaxSessionDuration = 3600} = input;
    checkName('roleName', RoleName, 64);
    checkPath(Path);
    checkMaxSessionDuration(MaxSessionDuration);
    checkTrustPolicy(AssumeRolePolicyDocument, arn => store.mayExist(arn));
    if (policySize(AssumeRolePolicyDocument) > 2048)
      throw limitExceeded('Cannot exceed quota for ACLSizePerRole: 2048');
    if (store.hasRole(RoleName)) throw alreadyExists(`Role with name ${RoleName} already exists.`);
    const boundary = input.PermissionsBoundary;
    if (boundary !== undefined) store.policyByArn(boundary);
    const role: RoleRecord = {
      roleName: RoleName,
      path: Path,
      roleId: uniqueId('AROA'),
      arn: store.roleArn(RoleName, Path),
      createDate: clock.now(),
      trustPolicy: AssumeRolePolicyDocument,
      ...(Description === undefined ? {} : {description: Description}),
      maxSessionDuration: MaxSessionDuration,
      tags: mergeTags([], input.Tags ?? []),
      inline: {},
      attached: [],
      ...(boundary === undefined ? {} : {boundary}),
    };
    store.saveRole(role);
    return {Role: presentRole(role, store)};
  },
});
