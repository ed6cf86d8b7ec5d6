import {randomUUID} from 'node:crypto';
import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {checkRouting, routingConfig} from '../alias-routing.ts';
import {checkRevision} from '../errors.ts';
import {onFunction} from '../function-name.ts';
import type {AliasRecord} from '../records.ts';
import type {LambdaStore} from '../store.ts';

export const updateAlias = operationOf<LambdaStore>()({
  name: 'UpdateAlias',
  input: structure({
    FunctionName: required(string),
    Name: required(string),
    FunctionVersion: string,
    Description: string,
    RoutingConfig: routingConfig,
    RevisionId: string,
  }),
  http: {method: 'PUT', path: '/2015-03-31/functions/{FunctionName}/aliases/{Name}'},
  permissions: (input, context) => [onFunction('UpdateAlias', input, context)],
  run({FunctionName, Name, RevisionId, RoutingConfig, ...change}, _context, store) {
    const {name} = store.reference(FunctionName);
    store.function({name});
    const {RoutingConfig: routing, ...before} = store.alias({name, qualifier: Name});
    checkRevision(RevisionId, before.RevisionId, 'GetAlias');
    const FunctionVersion = change.FunctionVersion ?? before.FunctionVersion;
    store.configuration({name, qualifier: FunctionVersion});
    const alias: AliasRecord = {
      ...before,
      FunctionVersion,
      Description: change.Description ?? before.Description,
      RevisionId: randomUUID(),
      ...checkRouting(name, FunctionVersion, RoutingConfig ?? routing, store),
    };
    store.aliases.set(`${name}:${Name}`, alias);
    return alias;
  },
});
