import {ServiceError} from '../../service-error.ts';
import {required, string, structure} from '../../shape.ts';
import {defineResource} from '../resource-type.ts';

export const lambdaVersion = defineResource({
  type: 'AWS::Lambda::Version',
  properties: structure({CodeSha256: string, Description: string, FunctionName: required(string)}),
  createOnly: ['CodeSha256', 'Description', 'FunctionName'],
  attributes: ['FunctionArn', 'Version'],
  async create({CodeSha256, Description, FunctionName}, context) {
    const published = await context.call<{Versions: readonly {Version: string}[]}>('lambda', 'ListVersionsByFunction', {
      FunctionName,
    });
    const {FunctionArn, Version} = await context.call<{FunctionArn: string; Version: string}>(
      'lambda',
      'PublishVersion',
      {FunctionName, CodeSha256, Description},
    );
    // Nothing was published when nothing has changed; the version that answered is another resource's.
    if (published.Versions.some(other => other.Version === Version))
      throw new ServiceError(
        'AlreadyExists',
        `A version for this Lambda function exists ( ${Version} ). Modify the function to create a new version.`,
      );
    return {id: FunctionArn, attributes: {FunctionArn, Version}};
  },
  update: async ({id, attributes}) => ({id, attributes}),
  async delete({id, attributes: {Version}}, context) {
    const FunctionName = id.slice(0, id.lastIndexOf(':'));
    await context.call('lambda', 'DeleteFunction', {FunctionName, Qualifier: Version});
  },
});
