import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import type {CodedeployStore} from '../store.ts';

export const deleteApplication = operationOf<CodedeployStore>()({
  name: 'DeleteApplication',
  input: structure({applicationName: required(string)}),
  permissions: ({applicationName}, _context, store) => [
    {action: 'codedeploy:DeleteApplication', resource: store.applicationArn(applicationName)},
  ],
  run({applicationName}, _context, store) {
    store.deleteApplication(applicationName);
    return {};
  },
});
