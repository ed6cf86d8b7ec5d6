import {operationOf} from '../../../operation.ts';
import {string, structure} from '../../../shape.ts';
import type {CloudFormationStore} from '../store.ts';
import {templateText} from '../submission.ts';

export const validateTemplate = operationOf<CloudFormationStore>()({
  name: 'ValidateTemplate',
  input: structure({TemplateBody: string, TemplateURL: string}),
  permissions: () => [{action: 'cloudformation:ValidateTemplate', resource: '*'}],
  async run(input, context, store) {
    const summary = store.engine.summarize(await templateText(input, context));
    return {
      Description: summary.description,
      Parameters: summary.parameters.map(parameter => ({
        ParameterKey: parameter.key,
        DefaultValue: parameter.default,
        NoEcho: parameter.noEcho,
        Description: parameter.description,
      })),
      Capabilities: summary.capabilities,
      CapabilitiesReason: summary.capabilitiesReason,
      DeclaredTransforms: summary.transforms,
    };
  },
});
