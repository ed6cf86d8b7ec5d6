import {operationOf} from '../../../operation.ts';
import {string, structure} from '../../../shape.ts';
import {stackPermission} from '../permission.ts';
import type {CloudFormationStore} from '../store.ts';
import {currentDeployment, templateText} from '../submission.ts';

export const getTemplateSummary = operationOf<CloudFormationStore>()({
  name: 'GetTemplateSummary',
  input: structure({TemplateBody: string, TemplateURL: string, StackName: string}),
  permissions: ({StackName}, _context, store) =>
    StackName === undefined
      ? [{action: 'cloudformation:GetTemplateSummary', resource: '*'}]
      : stackPermission('GetTemplateSummary', StackName, store),
  async run(input, context, store) {
    const {StackName} = input;
    const previous = StackName === undefined ? undefined : currentDeployment(store.get(StackName));
    const summary = store.engine.summarize(await templateText(input, context, previous));
    return {
      Description: summary.description,
      Parameters: summary.parameters.map(parameter => ({
        ParameterKey: parameter.key,
        ParameterType: parameter.type,
        DefaultValue: parameter.default,
        NoEcho: parameter.noEcho,
        Description: parameter.description,
        ParameterConstraints: {AllowedValues: parameter.allowedValues},
      })),
      Capabilities: summary.capabilities,
      CapabilitiesReason: summary.capabilitiesReason,
      ResourceTypes: summary.resourceTypes,
      DeclaredTransforms: summary.transforms,
      Metadata: summary.metadata === undefined ? undefined : JSON.stringify(summary.metadata),
    };
  },
});
