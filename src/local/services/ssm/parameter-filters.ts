import {notImplemented, ServiceError} from '../../service-error.ts';
import {list, required, string, structure} from '../../shape.ts';
import {newest, type ParameterRecord} from './parameter.ts';

export const filterList = list(structure({Key: required(string), Option: string, Values: list(string)}));

interface Filter {
  readonly Key: string;
  readonly Option?: string | undefined;
  readonly Values?: readonly string[] | undefined;
}

export function matchesFilters(parameter: ParameterRecord, filters: readonly Filter[] = []): boolean {
  return filters.every(filter => matches(parameter, filter));
}

function matches(parameter: ParameterRecord, {Key, Option, Values = []}: Filter): boolean {
  const {type, keyId = ''} = newest(parameter);
  switch (Key) {
    case 'Name':
      return Values.some(value => compare(parameter.name, value, Option));
    case 'Path':
      return Values.some(path => isUnder(parameter.name, path, Option === 'Recursive'));
    case 'Type':
      return Values.includes(type);
    case 'KeyId':
      return Values.some(value => compare(keyId, value, Option));
    case 'Tier':
      return Values.includes('Standard');
    default: {
      if (!Key.startsWith('tag:')) throw notImplemented(`the Parameter Store filter ${Key}`);
      const tag = parameter.tags[Key.slice('tag:'.length)];
      return tag !== undefined && (Values.length === 0 || Values.includes(tag));
    }
  }
}

/** Whether a name lies in a path, directly or, when that is asked for, however deep. */
export function isUnder(name: string, path: string, recursive: boolean): boolean {
  const folder = path.endsWith('/') ? path : `${path}/`;
  const rest = name.startsWith('/') ? name : `/${name}`;
  return rest.startsWith(folder) && (recursive || !rest.slice(folder.length).includes('/'));
}

function compare(text: string, value: string, option = 'Equals'): boolean {
  if (option === 'Equals') return text === value;
  if (option === 'BeginsWith') return text.startsWith(value);
  if (option === 'Contains') return text.includes(value);
  throw new ServiceError('InvalidFilterOption', `The filter option ${option} is not valid.`);
}
