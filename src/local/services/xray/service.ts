import type {Service} from '../../operation.ts';
import {operations} from './operations/index.ts';
import {type XrayOptions, XrayStore} from './store.ts';

/** Takes segments and gives traces back; sampling rules, groups, insights and the service graph are refused by name. */
export function xrayService(options: XrayOptions): Service<XrayStore> {
  return {
    name: 'xray',
    signingNames: ['xray'],
    protocol: {kind: 'rest-json'},
    store: new XrayStore(options),
    operations,
  };
}
