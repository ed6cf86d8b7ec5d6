import {double, type Infer, list, required, string, structure} from '../../shape.ts';
import {defineResource, type ResourceContext} from '../resource-type.ts';

const properties = structure({
  FilterName: string,
  FilterPattern: required(string),
  LogGroupName: required(string),
  MetricTransformations: required(
    list(
      structure({
        DefaultValue: double,
        Dimensions: list(structure({Key: required(string), Value: required(string)})),
        MetricName: required(string),
        MetricNamespace: required(string),
        MetricValue: required(string),
        Unit: string,
      }),
    ),
  ),
});
type Properties = Infer<typeof properties>;

export const logsMetricFilter = defineResource({
  type: 'AWS::Logs::MetricFilter',
  properties,
  createOnly: ['FilterName', 'LogGroupName'],
  nameProperty: 'FilterName',
  attributes: [],
  async create(filter, context) {
    const id = filter.FilterName ?? context.name({longest: 512});
    await put(id, filter, context);
    return {id};
  },
  async update({id}, filter, context) {
    await put(id, filter, context);
    return {id};
  },
  async delete({id: filterName, properties: {LogGroupName: logGroupName}}, context) {
    await context.call('logs', 'DeleteMetricFilter', {logGroupName, filterName});
  },
});

async function put(
  filterName: string,
  {FilterPattern, LogGroupName, MetricTransformations}: Properties,
  context: ResourceContext,
): Promise<void> {
  await context.call('logs', 'PutMetricFilter', {
    logGroupName: LogGroupName,
    filterName,
    filterPattern: FilterPattern,
    metricTransformations: MetricTransformations.map(({Dimensions, DefaultValue, Unit, ...metric}) => ({
      metricName: metric.MetricName,
      metricNamespace: metric.MetricNamespace,
      metricValue: metric.MetricValue,
      ...(DefaultValue === undefined ? {} : {defaultValue: DefaultValue}),
      ...(Unit === undefined ? {} : {unit: Unit}),
      ...(Dimensions && {dimensions: Object.fromEntries(Dimensions.map(({Key, Value}) => [Key, Value]))}),
    })),
  });
}
