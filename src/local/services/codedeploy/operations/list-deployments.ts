import {operationOf} from '../../../operation.ts';
import {list, string, structure, timestamp} from '../../../shape.ts';
import {exception} from '../errors.ts';
import {pageOf} from '../page.ts';
import type {CodedeployStore} from '../store.ts';

export const listDeployments = operationOf<CodedeployStore>()({
  name: 'ListDeployments',
  input: structure({
    applicationName: string,
    deploymentGroupName: string,
    includeOnlyStatuses: list(string),
    createTimeRange: structure({start: timestamp, end: timestamp}),
    nextToken: string,
  }),
  permissions: ({applicationName = '*', deploymentGroupName = '*'}, _context, store) => [
    {action: 'codedeploy:ListDeployments', resource: store.groupArn(applicationName, deploymentGroupName)},
  ],
  run({applicationName, deploymentGroupName, includeOnlyStatuses = [], createTimeRange, ...input}, _context, store) {
    if (applicationName !== undefined && deploymentGroupName === undefined)
      throw exception('DeploymentGroupNameRequired', 'The deployment group name is required.');
    if (applicationName === undefined && deploymentGroupName !== undefined)
      throw exception('ApplicationNameRequired', 'The application name is required.');
    if (applicationName !== undefined) store.group(applicationName, deploymentGroupName!);
    const {start, end} = createTimeRange ?? {};
    const found = store
      .deployments()
      .filter(
        deployment =>
          applicationName === undefined ||
          (deployment.applicationName === applicationName && deployment.deploymentGroupName === deploymentGroupName),
      )
      .filter(({status}) => includeOnlyStatuses.length === 0 || includeOnlyStatuses.includes(status))
      .filter(({createTime}) => createTime >= (start?.getTime() ?? 0))
      .filter(({createTime}) => createTime <= (end?.getTime() ?? Number.POSITIVE_INFINITY));
    const {page, nextToken} = pageOf(found, input.nextToken);
    return {deployments: page.map(({deploymentId}) => deploymentId), nextToken};
  },
});
