import {operationOf} from '../../../operation.ts';
import {string, structure} from '../../../shape.ts';
import {dashboardArn, onAnything} from '../arns.ts';
import {pageOf} from '../page.ts';
import type {CloudwatchStore} from '../store.ts';

export const listDashboards = operationOf<CloudwatchStore>()({
  name: 'ListDashboards',
  input: structure({DashboardNamePrefix: string, NextToken: string}),
  permissions: () => [onAnything('ListDashboards')],
  run(input, _context, store) {
    const found = [...store.dashboards.values()]
      .filter(({name}) => name.startsWith(input.DashboardNamePrefix ?? ''))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const {page, NextToken} = pageOf(found, 1000, input.NextToken);
    const DashboardEntries = page.map(({name, body, lastModified}) => ({
      DashboardName: name,
      DashboardArn: dashboardArn(name, store),
      LastModified: new Date(lastModified),
      Size: Buffer.byteLength(body),
    }));
    return {DashboardEntries, NextToken};
  },
});
