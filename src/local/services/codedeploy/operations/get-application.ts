import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {shownApplication} from '../shown.ts';
import type {CodedeployStore} from '../store.ts';

export const getApplication = operationOf<CodedeployStore>()({
  name: 'GetApplication',
  input: structure({applicationName: required(string)}),
  permissions: ({applicationName}, _context, store) => [
    {action: 'codedeploy:GetApplication', resource: store.applicationArn(applicationName)},
  ],
  run: ({applicationName}, _context, store) => ({application: shownApplication(store.application(applicationName))}),
});
