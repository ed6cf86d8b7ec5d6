import {notImplemented} from '../../service-error.ts';
import {list, required, string, structure} from '../../shape.ts';
import type {SecretRecord} from './secret.ts';

export const filterList = list(structure({Key: required(string), Values: required(list(string))}));

interface Filter {
  readonly Key: string;
  readonly Values: readonly string[];
}

/** All filters must match, each by one of its values; a value that begins with `!` is one that must not. */
export function matchesFilters(secret: SecretRecord, filters: readonly Filter[] = []): boolean {
  return filters.every(({Key, Values}) => {
    const texts = textsOf(secret, Key);
    return Values.some(value =>
      value.startsWith('!') ? !begins(texts, value.slice(1), Key) : begins(texts, value, Key),
    );
  });
}

function textsOf({name, description = '', tags}: SecretRecord, key: string): readonly string[] {
  switch (key) {
    case 'name':
      return [name];
    case 'description':
      return words(description);
    case 'tag-key':
      return Object.keys(tags);
    case 'tag-value':
      return Object.values(tags);
    case 'all':
      return [name, ...words(description), ...Object.keys(tags), ...Object.values(tags)];
    default:
      throw notImplemented(`the Secrets Manager filter ${key}`);
  }
}

function words(text: string): readonly string[] {
  return text.split(/[ /_=.@+-]+/);
}

/** Prefixes; descriptions and `all` without regard to case. */
function begins(texts: readonly string[], value: string, key: string): boolean {
  if (key !== 'description' && key !== 'all') return texts.some(text => text.startsWith(value));
  const wanted = words(value.toLowerCase());
  return wanted.every(word => texts.some(text => text.toLowerCase().startsWith(word)));
}
