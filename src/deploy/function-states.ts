import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import type {StackResource} from '../aws/stack-resources.ts';

export interface FunctionState {
  readonly logicalId: string;
  readonly name: string;
  /** When its code or configuration was last changed, by whatever; undefined for one that is gone. */
  readonly lastModified: string | undefined;
  readonly runtime: string | undefined;
  readonly codeSize: number | undefined;
  /** `Active`, `Pending`, `Failed` ... and `Missing` for one that somebody deleted. */
  readonly state: string;
  readonly reason: string | undefined;
}

/** The functions of a stack as Lambda has them. */
export async function functionStates(
  clients: AwsClients,
  resources: readonly StackResource[],
): Promise<readonly FunctionState[]> {
  const lambda = await clients.lambda();
  const own = resources.filter(({type}) => type === 'AWS::Lambda::Function');
  return Promise.all(
    own.map(async ({logicalId, physicalId: name}) => {
      try {
        const configuration = await lambda.getFunctionConfiguration({FunctionName: name});
        const {LastModified, Runtime, CodeSize, State, StateReason} = configuration;
        const {LastUpdateStatus, LastUpdateStatusReason} = configuration;
        const failed = LastUpdateStatus === 'Failed';
        return {
          logicalId,
          name,
          lastModified: LastModified,
          runtime: Runtime,
          codeSize: CodeSize,
          state: failed ? 'UpdateFailed' : (State ?? 'Active'),
          reason: failed ? LastUpdateStatusReason : StateReason,
        };
      } catch (error) {
        if ((error as Error).name !== 'ResourceNotFoundException')
          throw describeAwsError(error, `read the function ${name}`);
        const absent = {lastModified: undefined, runtime: undefined, codeSize: undefined, reason: undefined};
        return {logicalId, name, state: 'Missing', ...absent};
      }
    }),
  );
}
