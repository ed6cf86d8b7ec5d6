import type {PermissionRequest} from '../../operation.ts';

type Verb = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** API Gateway's actions are HTTP methods, and its resources the paths that they are sent to. */
export function onPath(verb: Verb, path: string, {region}: {readonly region: string}): PermissionRequest[] {
  return [{action: `apigateway:${verb}`, resource: `arn:aws:apigateway:${region}::${path}`}];
}
