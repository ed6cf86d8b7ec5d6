import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {list, required, string, structure} from '../../../shape.ts';
import {onDashboard} from '../arns.ts';
import type {CloudwatchStore} from '../store.ts';

export const deleteDashboards = operationOf<CloudwatchStore>()({
  name: 'DeleteDashboards',
  input: structure({DashboardNames: required(list(string))}),
  permissions: (input, context) => input.DashboardNames.map(name => onDashboard('DeleteDashboards', name, context)),
  run({DashboardNames}, _context, store) {
    // All or none, as on AWS.
    const unknown = DashboardNames.find(name => !store.dashboards.has(name));
    if (unknown !== undefined)
      throw new ServiceError('DashboardNotFoundError', `Dashboard ${unknown} does not exist`, {status: 404});
    for (const name of DashboardNames) store.dashboards.delete(name);
    return {};
  },
});
