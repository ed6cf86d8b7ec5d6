import {operationOf} from '../../../operation.ts';
import {boolean, string, structure} from '../../../shape.ts';
import {filterList, matchesFilters} from '../filters.ts';
import {pageMembers, pageOf} from '../page.ts';
import {onAnything} from '../permissions.ts';
import {date, type SecretRecord, shownTags} from '../secret.ts';
import type {SecretsStore} from '../store.ts';

export const listSecrets = operationOf<SecretsStore>()({
  name: 'ListSecrets',
  input: structure({IncludePlannedDeletion: boolean, Filters: filterList, SortOrder: string, ...pageMembers}),
  permissions: () => [onAnything('ListSecrets')],
  run({IncludePlannedDeletion = false, Filters, SortOrder = 'desc', ...input}, _context, store) {
    const sign = SortOrder === 'asc' ? 1 : -1;
    const found = store
      .secrets()
      .filter(secret => (IncludePlannedDeletion || secret.deletion === undefined) && matchesFilters(secret, Filters))
      .sort((a, b) => sign * (a.createdAt - b.createdAt));
    const {page, NextToken} = pageOf(found, input);
    return {SecretList: page.map(shown), NextToken};
  },
});

function shown(secret: SecretRecord) {
  const labelled = secret.versions.filter(({stages}) => stages.length > 0);
  return {
    ARN: secret.arn,
    Name: secret.name,
    Description: secret.description,
    KmsKeyId: secret.kmsKeyId,
    LastChangedDate: date(secret.changedAt),
    LastAccessedDate: date(secret.accessedAt),
    DeletedDate: date(secret.deletion?.askedAt),
    Tags: shownTags(secret.tags),
    SecretVersionsToStages: Object.fromEntries(labelled.map(({id, stages}) => [id, stages])),
    CreatedDate: date(secret.createdAt),
  };
}
