import {wrap} from './wrap.ts';

/** `2 AWS::IAM::Role, AWS::S3::Bucket` on lines of a terminal's width: by type, where names would say nothing. */
export function countedTypes(
  first: string,
  resources: readonly {readonly type: string}[],
  {columns, last = ''}: {readonly columns: number | undefined; readonly last?: string},
): string {
  const types = Object.entries(Object.groupBy(resources, ({type}) => type)).sort(([a], [b]) => (a < b ? -1 : 1));
  // A count stands on the line of what it counts.
  const counts = types.map(([type, those = []]) => (those.length === 1 ? type : `${those.length}${unbroken}${type}`));
  return wrap(first, `${counts.join(', ')}${last}`, columns).replaceAll(unbroken, ' ');
}

const unbroken = '\u00a0';
