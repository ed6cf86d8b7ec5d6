import type {Service} from '../../operation.ts';
import {operations} from './operations/index.ts';
import {type CodedeployOptions, CodedeployStore} from './store.ts';

export function codedeployService(options: CodedeployOptions): Service<CodedeployStore> {
  return {
    name: 'codedeploy',
    signingNames: ['codedeploy'],
    protocol: {kind: 'json', targetPrefix: 'CodeDeploy_20141006', version: '1.1'},
    store: new CodedeployStore(options),
    operations,
  };
}
