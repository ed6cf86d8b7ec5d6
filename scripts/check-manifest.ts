// The committed oclif.manifest.json is what the commands say today: without it every start would load every command.
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';

const path = new URL('../oclif.manifest.json', import.meta.url);
const committed = readFileSync(path, 'utf8');
execFileSync('npm', ['run', '--silent', 'manifest'], {stdio: ['ignore', 'ignore', 'inherit']});
if (readFileSync(path, 'utf8') !== committed) {
  process.stderr.write('oclif.manifest.json was out of date: it has been written anew, commit it\n');
  process.exitCode = 1;
}
