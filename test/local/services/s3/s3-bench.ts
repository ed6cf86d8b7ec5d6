import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import type {Readable} from 'node:stream';
import {buffer} from 'node:stream/consumers';
import {onTestFinished} from 'vitest';
import {s3Service} from '../../../../src/local/services/s3/service.ts';
import type {S3Store} from '../../../../src/local/services/s3/store.ts';
import {openState, type State} from '../../../../src/local/state.ts';
import {manualClock, openBench} from '../../harness.ts';

export interface Got {
  readonly Body: Readable;
  readonly ETag: string;
  readonly ContentLength: number;
  readonly [member: string]: unknown;
}

/** S3 with a bucket `receipts`, on a clock that is moved by hand. */
export async function openS3() {
  const clock = manualClock();
  const bench = openBench(clock);
  onTestFinished(() => bench.close());
  const start = (state: State) =>
    bench.services.set('s3', s3Service({state, clock, account: '000000000000', region: 'us-east-1'}));
  start(bench.state);
  const call = <T = Record<string, unknown>>(operation: string, input: object = {}) =>
    bench.call<T>('s3', operation, {Bucket: 'receipts', ...input});
  await call('CreateBucket');
  return {
    bench,
    clock,
    call,
    store: () => bench.services.get('s3')!.store as S3Store,
    /** A new service that knows only what is on disk, as after a kill. */
    restart() {
      bench.services.get('s3')?.close?.();
      const state = openState(bench.folder);
      onTestFinished(() => state.close());
      start(state);
    },
    put: (Key: string, body = Key, more: object = {}) =>
      call<{ETag: string; VersionId?: string}>('PutObject', {Key, Body: Buffer.from(body), ...more}),
    async get(Key: string, more: object = {}): Promise<Got & {readonly text: string}> {
      const got = await call<Got>('GetObject', {Key, ...more});
      return {...got, text: (await buffer(got.Body)).toString()};
    },
    async keys(more: object = {}): Promise<string[]> {
      const {Contents} = await call<{Contents: {Key: string}[]}>('ListObjectsV2', more);
      return Contents.map(({Key}) => Key);
    },
    files: () => readdirSync(join(bench.folder, 's3')),
  };
}
