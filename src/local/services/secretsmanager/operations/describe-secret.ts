import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onSecret} from '../permissions.ts';
import {date, shownTags} from '../secret.ts';
import type {SecretsStore} from '../store.ts';

export const describeSecret = operationOf<SecretsStore>()({
  name: 'DescribeSecret',
  input: structure({SecretId: required(string)}),
  permissions: (input, _context, store) => [onSecret('DescribeSecret', input, store)],
  run({SecretId}, _context, store) {
    const secret = store.secret(SecretId);
    const labelled = secret.versions.filter(({stages}) => stages.length > 0);
    return {
      ARN: secret.arn,
      Name: secret.name,
      Description: secret.description,
      KmsKeyId: secret.kmsKeyId,
      RotationEnabled: false,
      LastChangedDate: date(secret.changedAt),
      LastAccessedDate: date(secret.accessedAt),
      DeletedDate: date(secret.deletion?.askedAt),
      Tags: shownTags(secret.tags),
      VersionIdsToStages: Object.fromEntries(labelled.map(({id, stages}) => [id, stages])),
      CreatedDate: date(secret.createdAt),
    };
  },
});
