import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {required, string, structure} from '../../../shape.ts';
import {tagList} from '../../../tag-list.ts';
import {onDashboard} from '../arns.ts';
import type {CloudwatchStore} from '../store.ts';

/** A dashboard is kept as it is written; nothing draws it here. */
export const putDashboard = operationOf<CloudwatchStore>()({
  name: 'PutDashboard',
  input: structure({DashboardName: required(string), DashboardBody: required(string), Tags: tagList}),
  permissions: (input, context) => [
    onDashboard('PutDashboard', input.DashboardName, context),
    ...(input.Tags?.length ? [onDashboard('TagResource', input.DashboardName, context)] : []),
  ],
  run({DashboardName: name, DashboardBody: body, Tags = []}, {clock}, store) {
    if (!/^[\w-]{1,255}$/.test(name))
      throw refused('The dashboard name may hold letters, digits, dashes and underscores only.');
    checkBody(body);
    const given = Object.fromEntries(Tags.map(({Key, Value}) => [Key, Value]));
    const tags = store.dashboards.get(name)?.tags ?? given;
    store.dashboards.set(name, {name, body, lastModified: clock.now(), tags});
    return {DashboardValidationMessages: []};
  },
});

function checkBody(body: string): void {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw refused('The field DashboardBody must be a valid JSON object');
  }
  if (typeof parsed !== 'object' || parsed === null || !Array.isArray((parsed as {widgets?: unknown}).widgets))
    throw refused('The field DashboardBody must be an object with an array of widgets');
}

function refused(message: string): ServiceError {
  return new ServiceError('DashboardInvalidInputError', message, {
    members: {dashboardValidationMessages: [{Message: message}]},
  });
}
