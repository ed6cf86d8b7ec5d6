import {isUnresolved, type Resolvable} from '../../model/resolvable.ts';
import type {Table} from '../../model/table.ts';
import type {Environment} from './intrinsics.ts';
import {arnOfResource} from './references.ts';
import type {TemplateResource} from './resources.ts';
import type {Value} from './value.ts';

export function readTables(resources: readonly TemplateResource[], environment: Environment): readonly Table[] {
  return resources
    .filter(({type}) => tableTypes.has(type))
    .map(({logicalId, type, properties, origin}) => ({
      name: logicalId,
      arn: arnOfResource(logicalId, environment),
      forgets: properties.at('TimeToLiveSpecification').at('Enabled').boolean() ?? false,
      pointInTimeRecovery: type === 'AWS::DynamoDB::GlobalTable' ? inEach(properties.at('Replicas')) : isOn(properties),
      origin,
    }));
}

const tableTypes = new Set(['AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table', 'AWS::Serverless::SimpleTable']);

function isOn(properties: Value): Resolvable<boolean> {
  return properties.at('PointInTimeRecoverySpecification').at('PointInTimeRecoveryEnabled').boolean() ?? false;
}

function inEach(replicas: Value): Resolvable<boolean> {
  const answers = replicas.items().map(isOn);
  return answers.includes(false) ? false : (answers.find(isUnresolved) ?? answers.length > 0);
}
