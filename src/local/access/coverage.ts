import {expandAction} from '../../iam/catalogue.ts';
import type {Service} from '../operation.ts';

/** Whether any of the actions that a pattern stands for can be called in this cloud: what cannot, cannot be used. */
export function isCovered(pattern: string, services: ReadonlyMap<string, Service>): boolean {
  const [prefix = '', name = ''] = pattern.split(':');
  if (pattern === '*' || prefix.includes('*')) return true;
  const answering = [...services.values()].filter(
    service => (service.iamPrefix ?? service.name) === prefix.toLowerCase(),
  );
  const actions = name.includes('*') || name.includes('?') ? expandAction(pattern) : [pattern];
  return actions.some(action => answering.some(service => hasOperation(action, service)));
}

function hasOperation(action: string, service: Service): boolean {
  const lower = action.toLowerCase();
  const operations = operationsOfAction[lower] ?? [lower.slice(lower.indexOf(':') + 1)];
  return service.operations.some(({name}) => operations.includes(name.toLowerCase()));
}

/** Actions whose operation has another name; both in lower case. */
export const operationsOfAction: Readonly<Record<string, readonly string[]>> = {
  'dynamodb:conditioncheckitem': ['transactwriteitems'],
  'iam:passrole': ['createrole'],
  'iam:tagpolicy': ['createpolicy'],
  'kms:reencryptfrom': ['reencrypt'],
  'kms:reencryptto': ['reencrypt'],
  'lambda:invokefunction': ['invoke'],
  's3:deleteobjectversion': ['deleteobject'],
  's3:getbucketpublicaccessblock': ['getpublicaccessblock'],
  's3:getbucketnotification': ['getbucketnotificationconfiguration'],
  's3:getencryptionconfiguration': ['getbucketencryption'],
  's3:getlifecycleconfiguration': ['getbucketlifecycleconfiguration'],
  's3:getobjectversion': ['getobject'],
  's3:listallmybuckets': ['listbuckets'],
  's3:listbucket': ['listobjectsv2', 'listobjects', 'headbucket'],
  's3:listbucketmultipartuploads': ['listmultipartuploads'],
  's3:listbucketversions': ['listobjectversions'],
  's3:listmultipartuploadparts': ['listparts'],
  's3:putobjectacl': ['putobject'],
  's3:putbucketnotification': ['putbucketnotificationconfiguration'],
  's3:putbucketpublicaccessblock': ['putpublicaccessblock'],
  's3:putencryptionconfiguration': ['putbucketencryption'],
  's3:putlifecycleconfiguration': ['putbucketlifecycleconfiguration'],
};
