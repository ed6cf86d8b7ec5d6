import {GetSecretValueCommand, type SecretsManagerClient} from '@aws-sdk/client-secrets-manager';

export interface Secret {
  value(): Promise<string>;
  /** The next `value` asks again: what it said turned out not to hold. */
  forget(): void;
}

/**
 * A secret, asked for once and kept across invocations until it is older than `maximumAgeSeconds`. A rotation is
 * therefore seen that much later; asking for each request would be a bottleneck, and cost more than the function.
 */
export function cachedSecret(
  client: SecretsManagerClient,
  {secretId, maximumAgeSeconds}: {readonly secretId: string; readonly maximumAgeSeconds: number},
  now: () => number = Date.now,
): Secret {
  let kept: {readonly value: Promise<string>; readonly since: number} | undefined;

  async function read(): Promise<string> {
    const {SecretString} = await client.send(new GetSecretValueCommand({SecretId: secretId}));
    if (SecretString === undefined) throw new Error(`The secret ${secretId} holds no text`);
    return SecretString;
  }

  return {
    async value() {
      if (kept === undefined || now() - kept.since >= maximumAgeSeconds * 1000) kept = {value: read(), since: now()};
      const {value} = kept;
      try {
        return await value;
      } catch (error) {
        // A refusal is not worth keeping.
        if (kept?.value === value) kept = undefined;
        throw error;
      }
    },
    forget() {
      kept = undefined;
    },
  };
}
