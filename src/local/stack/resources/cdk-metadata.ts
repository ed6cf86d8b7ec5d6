import {string, structure} from '../../shape.ts';
import {defineResource} from '../resource-type.ts';

/** What the CDK tells AWS of itself; it has no effect on AWS either. */
export const cdkMetadata = defineResource({
  type: 'AWS::CDK::Metadata',
  properties: structure({Analytics: string}),
  createOnly: [],
  attributes: [],
  create: async (_properties, context) => ({id: context.name({longest: 255})}),
  update: async ({id}) => ({id}),
  delete: async () => {},
});
