import {ApiGatewayManagementApiClient} from '@aws-sdk/client-apigatewaymanagementapi';
import {S3Client} from '@aws-sdk/client-s3';
import {SQSClient} from '@aws-sdk/client-sqs';

const orders = new S3Client();
let queue;

export const handler = async event => {
  queue ??= new SQSClient();
  // It depends on who is connected.
  const answers = new ApiGatewayManagementApiClient({endpoint: `https://${event.requestContext.domainName}`});
  return [orders, queue, answers];
};
