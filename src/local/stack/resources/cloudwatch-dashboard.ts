import {required, string, structure} from '../../shape.ts';
import {requireAbsent} from '../require-absent.ts';
import {defineResource} from '../resource-type.ts';

export const cloudwatchDashboard = defineResource({
  type: 'AWS::CloudWatch::Dashboard',
  properties: structure({DashboardBody: required(string), DashboardName: string}),
  createOnly: ['DashboardName'],
  nameProperty: 'DashboardName',
  attributes: [],
  async create({DashboardBody, DashboardName}, context) {
    const id = DashboardName ?? context.name({longest: 255});
    if (DashboardName !== undefined)
      await requireAbsent(
        'AWS::CloudWatch::Dashboard',
        id,
        context.call('cloudwatch', 'GetDashboard', {DashboardName: id}),
      );
    await context.call('cloudwatch', 'PutDashboard', {DashboardName: id, DashboardBody});
    return {id};
  },
  async update({id}, {DashboardBody}, context) {
    await context.call('cloudwatch', 'PutDashboard', {DashboardName: id, DashboardBody});
    return {id};
  },
  async delete({id}, context) {
    await context.call('cloudwatch', 'DeleteDashboards', {DashboardNames: [id]});
  },
});
