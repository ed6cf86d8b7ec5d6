import {ServiceError} from '../../service-error.ts';
import {invalid} from './errors.ts';

export function checkAliasName(name: string): void {
  if (!/^alias\/[a-zA-Z0-9/_-]{1,250}$/.test(name))
    throw invalid(
      'Alias must start with the prefix "alias/" and hold letters, digits and the characters / _ - after it.',
    );
  if (name.startsWith('alias/aws/'))
    throw new ServiceError('NotAuthorizedException', 'Aliases that begin with alias/aws/ belong to AWS.');
}
