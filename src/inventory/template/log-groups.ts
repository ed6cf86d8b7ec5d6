import type {LogGroup} from '../../model/log-group.ts';
import type {TemplateResource} from './resources.ts';

/** Those that are declared, and those whose retention a function of the CDK sets when they are there: `logRetention`. */
export function readLogGroups(resources: readonly TemplateResource[]): readonly LogGroup[] {
  return resources
    .filter(({type}) => type === 'AWS::Logs::LogGroup' || type === 'Custom::LogRetention')
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
