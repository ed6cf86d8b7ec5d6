import {ServiceError} from '../../service-error.ts';
import {invalid} from './errors.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html#sysman-parameter-name-constraints */
export function checkParameterName(name: string): void {
  if (!/^[\w./-]{1,1011}$/.test(name))
    throw invalid(
      'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_',
    );
  if (/^\/?(?:aws|ssm)/i.test(name))
    throw invalid('Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).');
  if (name.includes('/') && !name.startsWith('/')) throw invalid('Parameter name must be a fully qualified name.');
  if (/\/\/|\/$/.test(name)) throw invalid('Parameter name must not hold an empty level or end in a slash.');
  if (name.split('/').length - 1 > 15)
    throw new ServiceError(
      'HierarchyLevelLimitExceededException',
      'A hierarchy can have a maximum of 15 levels. Hierarchy level limit exceeded.',
    );
}

export interface Selected {
  readonly name: string;
  /** `:3` or `:prod`, as it is given back. */
  readonly selector?: string;
}

/** `orders:3` is version 3 of orders, `orders:prod` the version with that label. */
export function selected(text: string): Selected {
  const name = /^(?:arn:[^:]*:ssm:[^:]*:[^:]*:)?[^:]*/.exec(text)![0];
  return name === text ? {name} : {name, selector: text.slice(name.length)};
}
