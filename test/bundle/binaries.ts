/** The header of a native module, as far as it is looked at. */
export function elf(machine: number, {bigEndian = false} = {}): Buffer {
  const head = Buffer.alloc(64);
  head.set([0x7f, 0x45, 0x4c, 0x46, 2, bigEndian ? 2 : 1, 1]);
  if (bigEndian) head.writeUInt16BE(machine, 18);
  else head.writeUInt16LE(machine, 18);
  return head;
}

export function machO(processor: number): Buffer {
  const head = Buffer.alloc(64);
  head.writeUInt32LE(0xfeedfacf, 0);
  head.writeUInt32LE(processor, 4);
  return head;
}

export function portableExecutable(machine: number): Buffer {
  const head = Buffer.alloc(256);
  head.write('MZ');
  head.writeUInt32LE(0x80, 0x3c);
  head.write('PE', 0x80);
  head.writeUInt16LE(machine, 0x84);
  return head;
}
