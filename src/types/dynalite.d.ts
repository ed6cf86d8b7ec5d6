/** dynalite ships no types; this is as much of it as the DynamoDB service calls. */

declare module 'dynalite/db/index.js' {
  import type {EngineTable, KeySchemaElement} from '../local/services/dynamodb/table.ts';

  type Item = Record<string, Record<string, unknown>>;
  interface IndexAction {
    index: string;
    key: string;
    item: Item;
  }
  const db: {
    itemSize(item: object): number;
    createKey(item: object, table: EngineTable): string;
    validateKey(key: object, table: EngineTable): Error | null | undefined;
    checkConditional(validated: object, existing: object | undefined): Error | null | undefined;
    getIndexActions(
      indexes: readonly {IndexName: string; KeySchema: readonly KeySchemaElement[]}[],
      existing: object | null,
      item: object | null,
      table: EngineTable,
    ): {puts: IndexAction[]};
  };
  export default db;
}

declare module 'dynalite/validations/index.js' {
  const validations: {
    checkTypes(data: object, types: object): Record<string, unknown>;
    checkValidations(data: object, types: object, custom: unknown, store: object): void;
  };
  export default validations;
}

declare module 'dynalite/validations/*' {
  const validation: {types: Record<string, unknown>; custom?: unknown};
  export default validation;
}

declare module 'dynalite/actions/*' {
  const action: (
    store: object,
    data: object,
    callback: (error: Error | null | undefined, output?: Record<string, unknown>) => void,
  ) => void;
  export default action;
}
