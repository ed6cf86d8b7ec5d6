import type {LogGroup} from '../../model/log-group.ts';
import type {TemplateResource} from './resources.ts';

export function readLogGroups(resources: readonly TemplateResource[]): readonly LogGroup[] {
  return resources
    .filter(({type}) => type === 'AWS::Logs::LogGroup')
    .map(({logicalId, properties, origin}) => {
      const retention = properties.at('RetentionInDays').number();
      return {
        name: logicalId,
        logGroupName: properties.at('LogGroupName').text() ?? `\${${logicalId}}`,
        ...(retention === undefined ? {} : {retention}),
        origin,
      };
    });
}
