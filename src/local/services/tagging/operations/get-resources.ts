import {operationOf} from '../../../operation.ts';
import {notImplemented} from '../../../service-error.ts';
import {integer, list, required, string, structure} from '../../../shape.ts';
import {invalidParameter} from '../errors.ts';
import {pageOf} from '../page.ts';
import {hasKind, isKind, type TaggedResource, type TaggingStore} from '../store.ts';

/**
 * Of what carries tags now; AWS also gives what has lost its last one.
 * https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html
 */
export const getResources = operationOf<TaggingStore>()({
  name: 'GetResources',
  input: structure({
    TagFilters: list(structure({Key: required(string), Values: list(string)})),
    ResourceTypeFilters: list(string),
    ResourcesPerPage: integer,
    PaginationToken: string,
  }),
  permissions: () => [{action: 'tag:GetResources', resource: '*'}],
  run({TagFilters: filters = [], ResourceTypeFilters: kinds = [], ...input}, _context, store) {
    if (filters.length > 50) throw invalidParameter('TagFilters has 50 members at most');
    if (filters.some(({Values = []}) => Values.length > 20)) throw invalidParameter('Values has 20 members at most');
    const unknown = kinds.find(kind => !isKind(kind));
    if (unknown !== undefined) throw notImplemented(`GetResources for the resource type ${unknown}`);
    const wanted = store
      .resources()
      .filter(resource => Object.keys(resource.tags).length > 0)
      .filter(resource => kinds.length === 0 || kinds.some(kind => hasKind(resource, kind)))
      .filter(resource => filters.every(filter => carries(resource, filter)));
    const {page, token} = pageOf(wanted, input);
    return {
      // The last page has an empty one.
      PaginationToken: token ?? '',
      ResourceTagMappingList: page.map(({arn, tags}) => ({
        ResourceARN: arn,
        Tags: Object.entries(tags).map(([Key, Value]) => ({Key, Value})),
      })),
    };
  },
});

interface TagFilter {
  readonly Key: string;
  readonly Values?: readonly string[] | undefined;
}

/** Without values any will do. */
function carries({tags}: TaggedResource, {Key, Values = []}: TagFilter): boolean {
  return Object.hasOwn(tags, Key) && (Values.length === 0 || Values.includes(tags[Key] ?? ''));
}
