import {randomBytes} from 'node:crypto';
import {operationOf} from '../../../operation.ts';
import {integer, structure} from '../../../shape.ts';
import {checkLength} from '../cryptography.ts';
import {invalid} from '../errors.ts';
import {onAnything} from '../permissions.ts';
import type {KmsStore} from '../store.ts';

export const generateRandom = operationOf<KmsStore>()({
  name: 'GenerateRandom',
  input: structure({NumberOfBytes: integer}),
  permissions: (_input, context) => [onAnything('GenerateRandom', context)],
  run({NumberOfBytes}) {
    if (NumberOfBytes === undefined) throw invalid('Please specify the number of bytes.');
    return {Plaintext: randomBytes(checkLength(NumberOfBytes))};
  },
});
