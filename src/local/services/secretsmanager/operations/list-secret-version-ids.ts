import {operationOf} from '../../../operation.ts';
import {boolean, required, string, structure} from '../../../shape.ts';
import {pageMembers, pageOf} from '../page.ts';
import {onSecret} from '../permissions.ts';
import {date} from '../secret.ts';
import type {SecretsStore} from '../store.ts';

export const listSecretVersionIds = operationOf<SecretsStore>()({
  name: 'ListSecretVersionIds',
  input: structure({SecretId: required(string), IncludeDeprecated: boolean, ...pageMembers}),
  permissions: (input, _context, store) => [onSecret('ListSecretVersionIds', input, store)],
  run({SecretId, IncludeDeprecated = false, ...input}, _context, store) {
    const secret = store.secret(SecretId);
    const versions = secret.versions.filter(({stages}) => IncludeDeprecated || stages.length > 0);
    const {page, NextToken} = pageOf(versions, input);
    return {
      Versions: page.map(({id, stages, accessedAt, createdAt, sealed}) => ({
        VersionId: id,
        VersionStages: stages,
        LastAccessedDate: date(accessedAt),
        CreatedDate: date(createdAt),
        KmsKeyIds: [sealed.kmsKeyId ?? 'DefaultEncryptionKey'],
      })),
      NextToken,
      ARN: secret.arn,
      Name: secret.name,
    };
  },
});
