import {existsSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {AddedFunction} from './function-block.ts';

/** What handler and test import, where the service does not list it, as a sentence with what to do. */
export async function missingPackages(folder: string, {trigger, language}: AddedFunction): Promise<readonly string[]> {
  const {list, wanted, install} = language.name === 'python' ? python(trigger.name) : typescript(trigger.name);
  const file = join(folder, list);
  const listed = existsSync(file) ? await readFile(file, 'utf8') : '';
  const missing = wanted.filter(({mention}) => !mention.test(listed)).map(({name}) => name);
  return missing.length === 0 ? [] : [install(missing)];
}

function typescript(trigger: string): Packages {
  const names = [
    ...(trigger === 'bucket' ? ['@aws-sdk/client-s3'] : []),
    ...(['none', 'schedule'].includes(trigger) ? [] : ['@types/aws-lambda']),
    ...['@types/node', 'vitest'],
  ];
  return {
    list: 'package.json',
    wanted: names.map(name => ({name, mention: new RegExp(`"${name}"`)})),
    install: missing => `Its handler and test need packages: npm install --save-dev ${missing.join(' ')}`,
  };
}

/** Lambda's runtime has boto3; the tests and `gear local` take the machine's. */
function python(trigger: string): Packages {
  return {
    list: 'requirements.txt',
    wanted: ['bucket', 'stream'].includes(trigger) ? [{name: 'boto3', mention: /^boto3\b/m}] : [],
    install: missing => `Its handler imports ${missing.join(' ')}, which no requirements.txt lists for its tests.`,
  };
}

interface Packages {
  readonly list: string;
  readonly wanted: readonly {readonly name: string; readonly mention: RegExp}[];
  install(missing: readonly string[]): string;
}
