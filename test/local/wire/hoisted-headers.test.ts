import {expect, it} from 'vitest';
import {withHoistedHeaders} from '../../../src/local/wire/hoisted-headers.ts';
import {readTarget} from '../../../src/local/wire/request.ts';

it('takes what a presigned URL says in its query for the headers it stands for', () => {
  const target = '/orders/a?X-Amz-Expires=60&x-amz-meta-till=4&X-Amz-Checksum-Crc32=AAAAAA%3D%3D&x-id=PutObject';
  const headers = {host: 'a', 'x-amz-meta-till': 'of somebody else'};
  const request = {id: 'id', method: 'PUT', ...readTarget(target), headers, message: undefined as never};
  expect(withHoistedHeaders(request)).toMatchObject({
    query: [
      ['X-Amz-Expires', '60'],
      ['x-id', 'PutObject'],
    ],
    headers: {host: 'a', 'x-amz-meta-till': '4', 'x-amz-checksum-crc32': 'AAAAAA=='},
  });
});
