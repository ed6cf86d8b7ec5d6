import type {AwsClients} from '../../aws/clients.ts';
import {described, pages} from './asking.ts';

/**
 * The value of a tag, by the ARNs of the functions that carry it. Lambda tells the tags of one function at a time, so
 * that the service is asked that finds a hundred by their tags.
 */
export function functionsTagged(clients: AwsClients, key: string): Promise<ReadonlyMap<string, string>> {
  return described(`find the functions with the tag ${key}`, async () => {
    const {GetResourcesCommand} = await import('@aws-sdk/client-resource-groups-tagging-api');
    const tagging = await clients.tagging();
    const filters = {TagFilters: [{Key: key}], ResourceTypeFilters: ['lambda:function']};
    const found = await pages(async PaginationToken => {
      const page = await tagging.send(new GetResourcesCommand({...filters, ResourcesPerPage: 100, PaginationToken}));
      return [page.ResourceTagMappingList ?? [], page.PaginationToken];
    });
    return new Map(
      found.map(({ResourceARN = '', Tags = []}) => [ResourceARN, Tags.find(({Key}) => Key === key)?.Value ?? '']),
    );
  });
}
