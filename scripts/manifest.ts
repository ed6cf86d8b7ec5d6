// Writes oclif.manifest.json, without which every start would load every command; with --check it fails when the
// committed one is not what the commands say today. oclif lists commands as the file system does: here they are sorted.
import {execFileSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

const path = fileURLToPath(new URL('../oclif.manifest.json', import.meta.url));
const committed = readFileSync(path, 'utf8');
execFileSync('oclif', ['manifest'], {stdio: ['ignore', 'ignore', 'inherit']});
const {commands, ...rest} = JSON.parse(readFileSync(path, 'utf8')) as {commands: Record<string, unknown>};
const sorted = Object.fromEntries(Object.entries(commands).sort(([a], [b]) => (a < b ? -1 : 1)));
const written = `${JSON.stringify({commands: sorted, ...rest}, null, 2)}\n`;
writeFileSync(path, written);

if (process.argv.includes('--check') && written !== committed) {
  process.stderr.write('oclif.manifest.json was out of date: it has been written anew, commit it\n');
  process.exitCode = 1;
}
