import type {ExplainedStatement, PrintedStatement} from './statements.ts';

/** Characters of a managed policy, without white space. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const largestPolicy = 6144;

export interface PrintedDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PrintedStatement[];
}

/** One document of the statements. */
export function documentOf(statements: readonly ExplainedStatement[]): PrintedDocument {
  return {Version: '2012-10-17', Statement: statements.map(({statement}) => statement)};
}

export function sizeOf(document: object): number {
  return JSON.stringify(document).length;
}

/** The statements in as many portions as managed policies are needed for them, in their order. */
export function splitStatements(statements: readonly ExplainedStatement[]): readonly (readonly ExplainedStatement[])[] {
  const portions: ExplainedStatement[][] = [];
  for (const statement of statements.flatMap(halved)) {
    const last = portions.at(-1);
    if (last !== undefined && sizeOf(documentOf([...last, statement])) <= largestPolicy) last.push(statement);
    else portions.push([statement]);
  }
  return portions;
}

/** A statement that is too large for a policy by itself is divided by its resources. */
function halved(explained: ExplainedStatement): readonly ExplainedStatement[] {
  const {statement, why} = explained;
  const {Sid, Resource} = statement;
  if (Resource.length < 2 || sizeOf(documentOf([explained])) <= largestPolicy) return [explained];
  const middle = Math.ceil(Resource.length / 2);
  const part = (suffix: string, resources: readonly string[]) => ({
    statement: {...statement, Sid: `${Sid}${suffix}`, Resource: resources},
    why,
  });
  return [part('A', Resource.slice(0, middle)), part('B', Resource.slice(middle))].flatMap(halved);
}
