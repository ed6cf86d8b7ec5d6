import {setTimeout as sleep} from 'node:timers/promises';
import type {UpdateFunctionCodeCommandInput} from '@aws-sdk/client-lambda';
import type {AwsClients} from '../aws/clients.ts';
import {GearError} from '../errors.ts';
import {persist} from './persist.ts';

interface UpdateCode {
  readonly name: string;
  readonly code: Pick<UpdateFunctionCodeCommandInput, 'ZipFile' | 'S3Bucket' | 'S3Key'>;
  readonly pollMilliseconds: number;
}

/** Until Lambda runs it: before that, every other change of the function is refused. */
export async function updateCode(clients: AwsClients, update: UpdateCode): Promise<void> {
  const lambda = await clients.lambda();
  const send = () => lambda.updateFunctionCode({FunctionName: update.name, ...update.code});
  try {
    await send();
  } catch (error) {
    // Somebody else's update, or this one, whose answer was lost: it is sent again once that is done.
    if ((error as Error).name !== 'ResourceConflictException') throw error;
    await settled(clients, update);
    await send();
  }
  const {status, reason} = await settled(clients, update);
  if (status === 'Failed')
    throw new GearError(`Lambda did not take the code of ${update.name}: ${reason}`, {code: 'CODE_NOT_UPDATED'});
}

async function settled(
  clients: AwsClients,
  {name, pollMilliseconds}: UpdateCode,
): Promise<{status: string | undefined; reason: string | undefined}> {
  const lambda = await clients.lambda();
  for (;;) {
    const {LastUpdateStatus: status, LastUpdateStatusReason: reason} = await persist(
      () => lambda.getFunctionConfiguration({FunctionName: name}),
      {pollMilliseconds},
    );
    if (status !== 'InProgress') return {status, reason};
    await sleep(pollMilliseconds);
  }
}
