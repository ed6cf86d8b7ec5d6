import type {PermissionRequest, RequestContext} from '../../operation.ts';
import {notFound} from './errors.ts';
import {onPath} from './permission.ts';
import type {ApiGatewayStore} from './store.ts';

/** An API or a stage, by its ARN: `arn:aws:apigateway:us-east-1::/apis/a1b2c3d4e5/stages/$default`. */
export function taggedOf(arn: string, store: ApiGatewayStore) {
  const [, apiId, stageName] = /^arn:aws:apigateway:[\w-]+::\/apis\/([^/]+)(?:\/stages\/([^/]+))?$/.exec(arn) ?? [];
  if (apiId === undefined) throw notFound(`Invalid resource ARN: ${arn}`);
  if (stageName === undefined) {
    const api = store.api(apiId);
    return {tags: api.tags, retag: (tags: ApiTags) => store.apis.set(apiId, {...api, tags})};
  }
  const stage = store.stages.get(apiId, stageName);
  return {tags: stage.tags, retag: (tags: ApiTags) => void store.stages.set(apiId, stageName, {...stage, tags})};
}

type ApiTags = Readonly<Record<string, string>>;

export function onTags(verb: 'GET' | 'POST' | 'DELETE', arn: string, context: RequestContext): PermissionRequest[] {
  return onPath(verb, `/tags/${encodeURIComponent(arn)}`, context);
}
