import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {nestedResources} from '../aws/nested-resources.ts';
import {elsewhere} from '../aws/no-stack-here.ts';
import type {StackResource} from '../aws/stack-resources.ts';
import {GearError} from '../errors.ts';

export interface FoundFunction {
  readonly name: string;
  readonly logicalId?: string;
  readonly logGroup: string;
}

/**
 * The function that a logical ID of the stack, a name or an ARN means. `ingest` is also IngestFunction: that is how the
 * service's own folders and documents call it. One of a nested stack is also found without the path before it.
 */
export async function findFunction(clients: AwsClients, given: string, stackName?: string): Promise<FoundFunction> {
  const functions = stackName === undefined ? [] : await functionsOf(clients, stackName);
  const own = functions ?? [];
  const found = meant(own, given);
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
    throw missing(given, stackName, functions, error);
  }
}

function missing(
  given: string,
  stackName: string | undefined,
  functions: readonly StackResource[] | undefined,
  cause: unknown,
): GearError {
  const [where, suggestions] =
    stackName === undefined
      ? ['', ['--stack NAME, for a logical ID of that stack']]
      : functions === undefined
        ? [`, and no stack ${stackName} here`, elsewhere]
        : [` in the stack ${stackName}`, functions.slice(0, 8).map(({logicalId}) => logicalId)];
  return new GearError(`There is no function ${given}${where}`, {code: 'NO_FUNCTION', suggestions, cause});
}

function meant(own: readonly StackResource[], given: string): StackResource | undefined {
  const short = `${given.replaceAll(/[-_]/g, '')}function`.toLowerCase();
  const lastOf = (logicalId: string) => logicalId.slice(logicalId.lastIndexOf('/') + 1);
  const found = [
    own.filter(({logicalId}) => logicalId === given),
    own.filter(({logicalId}) => logicalId.toLowerCase() === short),
    own.filter(({logicalId}) => lastOf(logicalId) === given || lastOf(logicalId).toLowerCase() === short),
  ].find(each => each.length > 0);
  if (found === undefined || found.length === 1) return found?.[0];
  throw new GearError(`${given} is the name of several functions`, {
    code: 'FUNCTION_AMBIGUOUS',
    suggestions: found.map(({logicalId}) => logicalId),
  });
}

/** Undefined when there is no such stack. */
async function functionsOf(clients: AwsClients, stackName: string): Promise<readonly StackResource[] | undefined> {
  try {
    return (await nestedResources(clients, stackName)).filter(({type}) => type === 'AWS::Lambda::Function');
  } catch (error) {
    // The service of this folder may not be deployed here; a function of that name may be there all the same.
    if (error instanceof GearError && error.code === 'NO_STACK') return undefined;
    throw error;
  }
}
