import type {RequestContext} from '../../operation.ts';
import {ServiceError} from '../../service-error.ts';
import type {KeyRecord} from './key.ts';
import {onKey} from './permissions.ts';
import type {KmsStore} from './store.ts';

/** Whoever sets a key's policy must be able to set it again, or the key would be out of everybody's reach. */
export function requireRulable({id}: KeyRecord, context: RequestContext, store: KmsStore): void {
  if (context.allows?.(onKey('PutKeyPolicy', {KeyId: id}, context, store)) === false)
    throw new ServiceError(
      'MalformedPolicyDocumentException',
      'The new key policy will not allow you to update the key policy in the future.',
    );
}
