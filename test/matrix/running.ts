import {readdirSync, readFileSync, readlinkSync} from 'node:fs';

/** The processes that work in a folder, or were told of it, by their command lines; of Linux only. */
export function running(folder: string): string[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(pid => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return [command, readlinkSync(`/proc/${pid}/cwd`)].some(text => text.includes(folder)) ? [command.trim()] : [];
      } catch {
        // It has ended since it was listed, or is somebody else's.
        return [];
      }
    });
}
