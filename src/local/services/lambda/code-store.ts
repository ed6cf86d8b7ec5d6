import {createHash, randomUUID} from 'node:crypto';
import {existsSync, readdirSync, rmSync} from 'node:fs';
import {mkdir, rename, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {unzip} from './unzip.ts';

export interface StoredCode {
  /** Base64, as Lambda gives it. */
  readonly CodeSha256: string;
  readonly CodeSize: number;
}

/** Deployment packages by their checksum: as they came, and unpacked. Functions with the same code share it. */
export class CodeStore {
  #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async add(zip: Buffer): Promise<StoredCode> {
    const stored = {CodeSha256: createHash('sha256').update(zip).digest('base64'), CodeSize: zip.length};
    const target = this.#folderOf(stored.CodeSha256);
    if (existsSync(target)) return stored;
    const temporary = join(this.#folder, `incoming-${randomUUID()}`);
    try {
      await mkdir(join(temporary, 'task'), {recursive: true});
      await unzip(zip, join(temporary, 'task'));
      await writeFile(join(temporary, 'package.zip'), zip);
      // Node looks for the package.json that says whether a file is a module in every folder above it; here it stops,
      // before it finds that of the developer's project.
      await writeFile(join(temporary, 'package.json'), '{}');
      await rename(temporary, target).catch(error => {
        if (!existsSync(target)) throw error;
      });
    } finally {
      await rm(temporary, {recursive: true, force: true});
    }
    return stored;
  }

  /** Where the function's files lie: the LAMBDA_TASK_ROOT. */
  taskRoot(codeSha256: string): string {
    return join(this.#folderOf(codeSha256), 'task');
  }

  zipFile(codeSha256: string): string {
    return join(this.#folderOf(codeSha256), 'package.zip');
  }

  /** Removes what no function uses; only at the start, since an environment may still run what was replaced. */
  sweep(used: ReadonlySet<string>): void {
    const kept = new Set([...used].map(folderName));
    for (const name of readdirSync(this.#folder))
      if (!kept.has(name)) rmSync(join(this.#folder, name), {recursive: true, force: true});
  }

  #folderOf(codeSha256: string): string {
    return join(this.#folder, folderName(codeSha256));
  }
}

function folderName(codeSha256: string): string {
  return Buffer.from(codeSha256, 'base64').toString('hex');
}
