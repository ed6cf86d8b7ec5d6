import {entry} from '../../model/entry.ts';
import {isObject} from '../../model/is-object.ts';
import {type Attribute, shown} from './attribute.ts';
import type {Translate} from './translation.ts';
import {typeNames} from './type-names.ts';

export const logGroup: Translate = ({attributes}) => {
  const retention = attributes.at('retention_in_days').plain();
  return {
    type: 'AWS::Logs::LogGroup',
    // 0 is for ever.
    properties: {LogGroupName: attributes.at('name').plain(), RetentionInDays: retention === 0 ? undefined : retention},
  };
};

export const alarm: Translate = ({attributes}) => ({
  type: 'AWS::CloudWatch::Alarm',
  properties: {
    ...metric(attributes),
    Metrics: attributes
      .at('metric_query')
      .items()
      .flatMap(query => query.at('metric').items())
      .map(each => ({MetricStat: {Metric: metric(each)}})),
    AlarmActions: attributes.at('alarm_actions').plain(),
    ActionsEnabled: attributes.at('actions_enabled').plain(),
  },
});

function metric(attributes: Attribute): Readonly<Record<string, unknown>> {
  const dimensions = attributes.at('dimensions');
  const plain = dimensions.plain();
  return {
    Namespace: text(attributes, 'namespace'),
    MetricName: text(attributes, 'metric_name'),
    Dimensions: isObject(plain)
      ? Object.keys(plain).map(name => ({Name: name, Value: reference(dimensions.at(name))}))
      : undefined,
  };
}

/** In a state what is not set is an empty text. */
function text(attributes: Attribute, name: string): unknown {
  const value = attributes.at(name).plain();
  return value === '' ? undefined : value;
}

function reference(value: Attribute): unknown {
  const [target, ...more] = value.isUnknown ? value.references.targets : [];
  if (target === undefined || more.length > 0) return value.plain();
  return entry(typeNames, target.resource.type) === undefined ? `\${${shown(target)}}` : {Ref: target.resource.address};
}
