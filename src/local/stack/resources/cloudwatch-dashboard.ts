import {required, string, structure} from '../../shape.ts';
import {defineResource} from '../resource-type.ts';

export const cloudwatchDashboard = defineResource({
  type: 'AWS::CloudWatch::Dashboard',
  properties: structure({DashboardBody: required(string), DashboardName: string}),
  createOnly: ['DashboardName'],
  nameProperty: 'DashboardName',
  attributes: [],
  async create({DashboardBody, DashboardName}, context) {
    const id = DashboardName ?? context.name({longest: 255});
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
