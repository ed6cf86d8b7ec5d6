import {notImplemented, ServiceError} from '../../service-error.ts';
import {list, required, string, structure} from '../../shape.ts';
import type {ParameterRecord} from './parameter.ts';
import type {SsmStore} from './store.ts';

export const tagList = list(structure({Key: required(string), Value: required(string)}));

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

export function tagMap(tags: readonly Tag[] = []): Readonly<Record<string, string>> {
  const map = Object.fromEntries(tags.map(({Key, Value}) => [Key, Value]));
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
