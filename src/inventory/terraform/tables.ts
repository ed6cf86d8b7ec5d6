import type {Attribute} from './attribute.ts';
import {inBlock, type Translate} from './translation.ts';

export const table: Translate = ({attributes}) => ({
  type: 'AWS::DynamoDB::Table',
  properties: {
    TableName: attributes.at('name').plain(),
    TimeToLiveSpecification: enabled(attributes.block('ttl'), 'Enabled'),
    PointInTimeRecoverySpecification: enabled(attributes.block('point_in_time_recovery'), 'PointInTimeRecoveryEnabled'),
  },
});

function enabled(block: Attribute | undefined, property: string): unknown {
  return inBlock(block, each => ({[property]: each.at('enabled').plain()}));
}
