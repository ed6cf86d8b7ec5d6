import {DynamoDBClient, PutItemCommand} from '@aws-sdk/client-dynamodb';
import {SNSClient} from '@aws-sdk/client-sns';
import {DynamoDBDocumentClient} from '@aws-sdk/lib-dynamodb';

export const handler = async event => {
  const orders = DynamoDBDocumentClient.from(new DynamoDBClient({region: process.env.AWS_REGION}));
  await orders.send(new PutItemCommand({TableName: process.env.TABLE, Item: event}));
  await announce(event);
};

async function announce(order) {
  const topic = new SNSClient();
  await topic.publish({Message: order.id});
}
