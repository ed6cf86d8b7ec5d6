/** How many of a file's first bytes `binaryMachine` looks at. */
export const binaryHeadBytes = 512;

/**
 * Whether a file may be a program or a native module, by its name. Not `.dll` and `.exe`: those of .NET run anywhere, and
 * Python's own tools bring some for Windows.
 */
export function mayBeBinary(path: string): boolean {
  return /\.(node|so(\.\d+)*|dylib|pyd)$/.test(path) || /(^|\/)bin\/[^./]+$|^bootstrap$/.test(path);
}

/**
 * The machine that a program or a native module is made for, by the header that it begins with: `linux arm64`; undefined
 * where it is none. https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html
 */
export function binaryMachine(head: Uint8Array): string | undefined {
  if (head.length < 20) return undefined;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const magic = view.getUint32(0);
  if (magic === 0x7f454c46) return `linux ${named(elf, view.getUint16(18, head[5] !== 2))}`;
  if (magic === 0xcffaedfe || magic === 0xcefaedfe) return `macOS ${named(machO, view.getUint32(4, true))}`;
  // A program for several processors; a class of Java begins with the same, but is no native module.
  if (magic === 0xcafebabe) return 'macOS';
  if (magic >>> 16 === 0x4d5a) return windows(view);
  return undefined;
}

function windows(view: DataView): string | undefined {
  if (view.byteLength < 64) return undefined;
  const at = view.getUint32(0x3c, true);
  if (at + 6 > view.byteLength) return 'Windows';
  return view.getUint32(at) === 0x50450000 ? `Windows ${named(pe, view.getUint16(at + 4, true))}` : undefined;
}

function named(names: Readonly<Record<number, string>>, number: number): string {
  return names[number] ?? `machine ${number}`;
}

const elf = {3: 'x86', 40: 'arm', 62: 'x64', 183: 'arm64', 243: 'riscv64', 22: 's390x', 21: 'ppc64'};
const machO = {16777223: 'x64', 16777228: 'arm64'};
const pe = {332: 'x86', 34404: 'x64', 43620: 'arm64'};
