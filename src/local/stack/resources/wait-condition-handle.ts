import {structure} from '../../shape.ts';
import {defineResource} from '../resource-type.ts';

/** Stands for itself, as in templates that need a resource which is nothing: there is no wait condition to signal. */
export const waitConditionHandle = defineResource({
  type: 'AWS::CloudFormation::WaitConditionHandle',
  properties: structure({}),
  createOnly: [],
  attributes: [],
  create: async (_properties, context) => ({id: context.name({longest: 255})}),
  update: async ({id}) => ({id}),
  delete: async () => {},
});
