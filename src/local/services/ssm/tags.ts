import {notImplemented, ServiceError} from '../../service-error.ts';
import {required, string} from '../../shape.ts';
import {type Tag, tagMap} from '../../tag-list.ts';
import type {ParameterRecord} from './parameter.ts';
import type {SsmStore} from './store.ts';

export function limitedTags(tags: readonly Tag[] | undefined): Readonly<Record<string, string>> {
  const map = tagMap(tags);
  if (Object.keys(map).length > 50)
    throw new ServiceError('TooManyTagsError', 'The number of tags exceeds the maximum of 50.');
  return map;
}

/** The tag operations name a resource by its kind and its ID. */
export const taggedMembers = {ResourceType: required(string), ResourceId: required(string)};

export function tagged(
  {ResourceType, ResourceId}: {readonly ResourceType: string; readonly ResourceId: string},
  store: SsmStore,
): ParameterRecord {
  if (ResourceType !== 'Parameter') throw notImplemented(`tags of the Systems Manager resource type ${ResourceType}`);
  const parameter = store.find(ResourceId);
  if (parameter === undefined)
    throw new ServiceError('InvalidResourceId', `The resource ID ${ResourceId} is not valid.`);
  return parameter;
}
