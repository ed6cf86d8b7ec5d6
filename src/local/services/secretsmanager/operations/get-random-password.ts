import {operationOf} from '../../../operation.ts';
import {onAnything} from '../permissions.ts';
import {passwordInput, randomPassword} from '../random-password.ts';
import type {SecretsStore} from '../store.ts';

export const getRandomPassword = operationOf<SecretsStore>()({
  name: 'GetRandomPassword',
  input: passwordInput,
  permissions: () => [onAnything('GetRandomPassword')],
  run: input => ({RandomPassword: randomPassword(input)}),
});
