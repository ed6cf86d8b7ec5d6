import {GetSecretValueCommand, SecretsManagerClient} from '@aws-sdk/client-secrets-manager';

const secrets = new SecretsManagerClient();
const kept = {};

export const handler = async event => [event, await key()];

async function key() {
  if (kept.until > Date.now()) return kept.key;
  const {SecretString} = await secrets.send(new GetSecretValueCommand({SecretId: process.env.SECRET}));
  Object.assign(kept, {key: SecretString, until: Date.now() + 300_000});
  return SecretString;
}
