import type {RequestContext} from '../../operation.ts';
import {readValue} from './secure-value.ts';
import type {Found, SsmStore} from './store.ts';

export async function shownParameter(
  {parameter: {name}, version, selector}: Found,
  WithDecryption: boolean | undefined,
  context: RequestContext,
  store: SsmStore,
) {
  const ARN = store.arnOf(name);
  return {
    Name: name,
    Type: version.type,
    Value: await readValue(version, ARN, WithDecryption === true, context),
    Version: version.version,
    Selector: selector,
    LastModifiedDate: new Date(version.modifiedAt),
    ARN,
    DataType: 'text',
  };
}
