import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {list, string, structure} from '../../../shape.ts';
import {invalidParameter} from '../errors.ts';
import {filterList, matchesFilters} from '../filters.ts';
import {pageMembers, pageOf} from '../page.ts';
import {onAnything} from '../permissions.ts';
import type {SecretsStore} from '../store.ts';

/** Each secret is asked for on its own, so that one that is denied keeps none of the others back. */
export const batchGetSecretValue = operationOf<SecretsStore>()({
  name: 'BatchGetSecretValue',
  input: structure({SecretIdList: list(string), Filters: filterList, ...pageMembers}),
  permissions: () => [onAnything('BatchGetSecretValue')],
  async run({SecretIdList, Filters, ...input}, context, store) {
    if ((SecretIdList === undefined) === (Filters === undefined))
      throw invalidParameter('Either SecretIdList or Filters must be provided, but not both.');
    const wanted =
      SecretIdList ??
      store
        .secrets()
        .filter(secret => secret.deletion === undefined && matchesFilters(secret, Filters))
        .map(({arn}) => arn);
    const {page, NextToken} = pageOf(wanted, {...input, MaxResults: input.MaxResults ?? 20});
    const SecretValues: object[] = [];
    const Errors: object[] = [];
    for (const SecretId of page)
      try {
        SecretValues.push(await context.call<object>('secretsmanager', 'GetSecretValue', {SecretId}));
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        Errors.push({SecretId, ErrorCode: error.code, Message: error.message});
      }
    return {SecretValues, Errors, NextToken};
  },
});
