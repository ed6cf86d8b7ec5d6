import {notImplemented} from '../../service-error.ts';

/** The owner of a bucket owns its objects; the older settings bring back access lists. */
export function checkOwnership(ownership: string | undefined): void {
  if (ownership !== 'BucketOwnerEnforced')
    throw notImplemented(`the object ownership ${ownership}: objects belong to the bucket's owner`);
}
