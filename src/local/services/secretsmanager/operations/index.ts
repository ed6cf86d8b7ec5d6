import {batchGetSecretValue} from './batch-get-secret-value.ts';
import {createSecret} from './create-secret.ts';
import {deleteResourcePolicy} from './delete-resource-policy.ts';
import {deleteSecret} from './delete-secret.ts';
import {describeSecret} from './describe-secret.ts';
import {getRandomPassword} from './get-random-password.ts';
import {getResourcePolicy} from './get-resource-policy.ts';
import {getSecretValue} from './get-secret-value.ts';
import {listSecretVersionIds} from './list-secret-version-ids.ts';
import {listSecrets} from './list-secrets.ts';
import {putResourcePolicy} from './put-resource-policy.ts';
import {putSecretValue} from './put-secret-value.ts';
import {restoreSecret} from './restore-secret.ts';
import {tagResource} from './tag-resource.ts';
import {untagResource} from './untag-resource.ts';
import {updateSecret} from './update-secret.ts';
import {updateSecretVersionStage} from './update-secret-version-stage.ts';

export const operations = [
  batchGetSecretValue,
  createSecret,
  deleteResourcePolicy,
  deleteSecret,
  describeSecret,
  getRandomPassword,
  getResourcePolicy,
  getSecretValue,
  listSecretVersionIds,
  listSecrets,
  putResourcePolicy,
  putSecretValue,
  restoreSecret,
  tagResource,
  untagResource,
  updateSecret,
  updateSecretVersionStage,
];
