import {randomUUID} from 'node:crypto';
import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {checkRouting, routingConfig} from '../alias-routing.ts';
import {checkPattern, conflict} from '../errors.ts';
import {onFunction} from '../function-name.ts';
import type {AliasRecord} from '../records.ts';
import type {LambdaStore} from '../store.ts';

export const createAlias = operationOf<LambdaStore>()({
  name: 'CreateAlias',
  input: structure({
    FunctionName: required(string),
    Name: required(string),
    FunctionVersion: required(string),
    Description: string,
    RoutingConfig: routingConfig,
  }),
  http: {method: 'POST', path: '/2015-03-31/functions/{FunctionName}/aliases', status: 201},
  permissions: (input, context) => [onFunction('CreateAlias', input, context)],
  run({FunctionName, Name, FunctionVersion, Description = '', RoutingConfig}, _context, store) {
    const {name} = store.reference(FunctionName);
    store.function({name});
    checkPattern('name', Name, /^(?!^[0-9]+$)([a-zA-Z0-9-_]{1,128})$/);
    store.configuration({name, qualifier: FunctionVersion});
    const key = `${name}:${Name}`;
    const AliasArn = store.arn({name, qualifier: Name});
    if (store.aliases.has(key)) throw conflict(`Alias already exists: ${AliasArn}`);
    const alias: AliasRecord = {
      AliasArn,
      Name,
      FunctionVersion,
      Description,
      RevisionId: randomUUID(),
      ...checkRouting(name, FunctionVersion, RoutingConfig, store),
    };
    store.aliases.set(key, alias);
    return alias;
  },
});
