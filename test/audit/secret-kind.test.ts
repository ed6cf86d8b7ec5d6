import {expect, test} from 'vitest';
import {secretKind} from '../../src/audit/secret-kind.ts';

test.each([
  ['SETTING', `AKIA${'IOSFODNN7EXAMPLE'}`, 'an access key of AWS'],
  ['SETTING', '-----BEGIN RSA PRIVATE KEY-----', 'a private key'],
  ['DATABASE', 'mysql://orders:hunter2@db.internal/orders', 'an address with a password'],
  ['DB_PASSWORD', 'hunter2hunter2', 'a password'],
  ['CLIENT_SECRET', 'q8Zr2LmN0pXv5tYw7uBd', 'what looks like a secret'],
])('%s with %s holds %s', (variable, value, kind) => {
  expect(secretKind(variable, value)).toBe(kind);
});

test.each([
  ['DATABASE', `mysql://\${User}:\${Password}@db.internal/orders`],
  ['DB_PASSWORD', '{{resolve:ssm-secure:orders-password}}'],
  ['DB_PASSWORD', 'changeme'],
  ['DB_PASSWORD', '/orders/db/password'],
  ['CLIENT_SECRET', 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:partner-a1b2c3'],
  ['CLIENT_SECRET', 'orders-partner-secret-2026'],
  ['PARTNER_TOKEN', 'https://partner.example.com/oauth2/token'],
  ['TABLE_NAME', 'q8Zr2LmN0pXv5tYw7uBd'],
  ['USER_POOL_CLIENT_ID', '1h57kf5cpq17m0eml12EXAMPLE'],
])('%s with %s is a name or a plain setting', (variable, value) => {
  expect(secretKind(variable, value)).toBeUndefined();
});
