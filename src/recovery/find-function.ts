import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {type StackResource, stackResources} from '../aws/stack-resources.ts';
import {GearError} from '../errors.ts';

export interface FoundFunction {
  readonly name: string;
  readonly logicalId?: string;
  readonly logGroup: string;
}

/**
 * The function that a logical ID of the stack, a name or an ARN means. `ingest` is also IngestFunction: that is how the
 * service's own folders and documents call it.
 */
export async function findFunction(clients: AwsClients, given: string, stackName?: string): Promise<FoundFunction> {
  const own = stackName === undefined ? [] : await functionsOf(clients, stackName);
  const found =
    own.find(({logicalId}) => logicalId === given) ??
    own.find(({logicalId}) => logicalId.toLowerCase() === `${given.replaceAll(/[-_]/g, '')}function`.toLowerCase());
  try {
    const configuration = await (await clients.lambda()).getFunctionConfiguration({
      FunctionName: found?.physicalId ?? given,
    });
    const name = configuration.FunctionName!;
    const logicalId = own.find(({physicalId}) => physicalId === name)?.logicalId;
    return {
      name,
      ...(logicalId === undefined ? {} : {logicalId}),
      logGroup: configuration.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`,
    };
  } catch (error) {
    if ((error as Error).name !== 'ResourceNotFoundException')
      throw describeAwsError(error, `find the function ${given}`);
    throw new GearError(`There is no function ${given}${stackName === undefined ? '' : ` in the stack ${stackName}`}`, {
      code: 'NO_FUNCTION',
      suggestions:
        stackName === undefined
          ? ['--stack NAME, for a logical ID of that stack']
          : own.slice(0, 8).map(({logicalId}) => logicalId),
      cause: error,
    });
  }
}

async function functionsOf(clients: AwsClients, stackName: string): Promise<readonly StackResource[]> {
  try {
    return (await stackResources(clients, stackName)).filter(({type}) => type === 'AWS::Lambda::Function');
  } catch (error) {
    // The service of this folder may not be deployed here; a function of that name may be there all the same.
    if (error instanceof GearError && error.code === 'NO_STACK') return [];
    throw error;
  }
}
