import {setTimeout as sleep} from 'node:timers/promises';
import type {UpdateFunctionCodeCommandInput} from '@aws-sdk/client-lambda';
import type {AwsClients} from '../aws/clients.ts';
import {GearError} from '../errors.ts';

interface UpdateCode {
  readonly name: string;
  readonly code: Pick<UpdateFunctionCodeCommandInput, 'ZipFile' | 'S3Bucket' | 'S3Key'>;
  readonly pollMilliseconds: number;
}

/** Until Lambda runs it: before that, every other change of the function is refused. */
export async function updateCode(clients: AwsClients, {name, code, pollMilliseconds}: UpdateCode): Promise<void> {
  const lambda = await clients.lambda();
  await lambda.updateFunctionCode({FunctionName: name, ...code});
  for (;;) {
    const {LastUpdateStatus, LastUpdateStatusReason} = await lambda.getFunctionConfiguration({FunctionName: name});
    if (LastUpdateStatus === 'Failed')
      throw new GearError(`Lambda did not take the code of ${name}: ${LastUpdateStatusReason}`, {
        code: 'CODE_NOT_UPDATED',
      });
    if (LastUpdateStatus !== 'InProgress') return;
    await sleep(pollMilliseconds);
  }
}
