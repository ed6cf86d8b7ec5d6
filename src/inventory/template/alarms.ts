import type {Alarm, AlarmMetric} from '../../model/alarm.ts';
import {isUnresolved} from '../../model/resolvable.ts';
import {record} from './intrinsics.ts';
import type {TemplateResource} from './resources.ts';
import type {Value} from './value.ts';

export function readAlarms(resources: readonly TemplateResource[]): readonly Alarm[] {
  const named = namesOfAlarms(resources);
  return resources
    .filter(({type}) => type === 'AWS::CloudWatch::Alarm')
    .map(({logicalId, properties, origin}) => ({
      name: logicalId,
      metrics: [
        ...(properties.at('MetricName').exists ? [readMetric(properties)] : []),
        ...properties
          .at('Metrics')
          .items()
          .map(query => query.at('MetricStat').at('Metric'))
          .filter(metric => metric.exists)
          .map(readMetric),
      ],
      ...acts(properties, named.includes(`\${${logicalId}}`) || named.includes(`\${${logicalId}.Arn}`)),
      origin,
    }));
}

/** An alarm that others go by, a composite alarm or a deployment, needs no action of its own. */
function acts(properties: Value, isNamed: boolean): Pick<Alarm, 'acts'> {
  const enabled = properties.at('ActionsEnabled').boolean() ?? true;
  if (isUnresolved(enabled)) return {};
  // What is written and comes to nothing, as `!If [HasTopic, [...], !Ref AWS::NoValue]`, is a choice of who deploys.
  const written = ['AlarmActions', 'OKActions', 'InsufficientDataActions'].some(name => isWritten(properties, name));
  return {acts: isNamed || (enabled && written)};
}

function isWritten(properties: Value, name: string): boolean {
  const written = record(properties.written)[name];
  return Array.isArray(written) ? written.length > 0 : written !== undefined;
}

function namesOfAlarms(resources: readonly TemplateResource[]): string {
  const others = resources.filter(({type}) => namesAlarms.test(type));
  return JSON.stringify(others.map(({properties}) => properties.plain()));
}

const namesAlarms = /^AWS::(CloudWatch::CompositeAlarm|CodeDeploy::DeploymentGroup|Serverless::Function)$/;

function readMetric(metric: Value): AlarmMetric {
  return {
    namespace: metric.at('Namespace').text() ?? '',
    metricName: metric.at('MetricName').text() ?? '',
    dimensions: Object.fromEntries(
      metric
        .at('Dimensions')
        .items()
        .map(dimension => [String(dimension.at('Name').text()), dimension.at('Value').text() ?? '']),
    ),
  };
}
