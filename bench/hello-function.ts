import type {AwsClients} from '../src/aws/clients.ts';
import {zip} from '../src/bundle/zip.ts';

/** A function that does nothing, and a call of it. */
export async function helloFunction(clients: AwsClients): Promise<() => Promise<unknown>> {
  const iam = await clients.iam();
  const {Role} = await iam.createRole({
    RoleName: 'hello',
    AssumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{Effect: 'Allow', Principal: {Service: 'lambda.amazonaws.com'}, Action: 'sts:AssumeRole'}],
    }),
  });
  const lambda = await clients.lambda();
  await lambda.createFunction({
    FunctionName: 'hello',
    Role: Role!.Arn!,
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Code: {
      ZipFile: zip([{path: 'index.mjs', bytes: Buffer.from('export const handler = async () => "hello";')}]).bytes,
    },
  });
  return () => lambda.invoke({FunctionName: 'hello'});
}
