import {crc32, deflateSync} from 'node:zlib';

/** What the demo puts into the bucket, by name. */
export function demoFiles(): Record<string, Uint8Array> {
  const order = JSON.stringify({order: 4711, customer: 'C-19', lines: [{sku: 'tea', pieces: 2}], total: 18.4}, null, 2);
  return {
    'order.json': Buffer.from(order),
    'customers.csv': Buffer.from('id,name,city\nC-19,"Ada, Ltd",London\nC-20,Grace,Arlington\n'),
    'logo.png': png(64, 48),
    'notes.txt': Buffer.from('Delivered at the back door.\nRing twice.\n'),
    // Cut off in the middle: it breaks its own format, and reading it again will not help.
    'truncated.json': Buffer.from(order.slice(0, 60)),
    // Fails while its part is missing, and succeeds when it is tried again.
    'delivery.manifest.json': Buffer.from(JSON.stringify({parts: ['march.csv']})),
    'march.csv': Buffer.from('day,orders\n2026-03-01,12\n2026-03-02,9\n2026-03-03,17\n'),
  };
}

/** A grey picture. https://www.w3.org/TR/png/ */
function png(width: number, height: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc((width + 1) * height, 0x80);
  for (let row = 0; row < height; row++) rows[row * (width + 1)] = 0;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
