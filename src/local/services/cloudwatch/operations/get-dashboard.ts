import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {required, string, structure} from '../../../shape.ts';
import {dashboardArn, onDashboard} from '../arns.ts';
import type {CloudwatchStore} from '../store.ts';

export const getDashboard = operationOf<CloudwatchStore>()({
  name: 'GetDashboard',
  input: structure({DashboardName: required(string)}),
  permissions: (input, context) => [onDashboard('GetDashboard', input.DashboardName, context)],
  run({DashboardName}, _context, store) {
    const dashboard = store.dashboards.get(DashboardName);
    if (dashboard === undefined)
      throw new ServiceError('DashboardNotFoundError', `Dashboard ${DashboardName} does not exist`, {status: 404});
    return {DashboardName, DashboardArn: dashboardArn(DashboardName, store), DashboardBody: dashboard.body};
  },
});
