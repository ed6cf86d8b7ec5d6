import {GetSecretValueCommand, SecretsManagerClient} from '@aws-sdk/client-secrets-manager';
import mysql from 'mysql2/promise';

const secrets = new SecretsManagerClient();

export const handler = async event => {
  const {SecretString: password} = await secrets.send(new GetSecretValueCommand({SecretId: process.env.SECRET}));
  const orders = await mysql.createConnection({host: process.env.HOST, password});
  return orders.query('select * from orders where id = ?', [event.id]);
};
