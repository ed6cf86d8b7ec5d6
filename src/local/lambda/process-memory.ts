import {execFile} from 'node:child_process';
import {readFileSync} from 'node:fs';

export interface ProcessMemory {
  /** Megabytes in use now. */
  readonly resident: number;
  /** The most it was, where the platform remembers it. */
  readonly peak: number;
}

/** Undefined when the process is gone. */
export async function processMemory(pid: number): Promise<ProcessMemory | undefined> {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

function fromProc(pid: number): ProcessMemory | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const megabytes = (name: string) =>
      Math.ceil(Number(new RegExp(`^${name}:\\s*(\\d+) kB`, 'm').exec(status)?.[1]) / 1024);
    const resident = megabytes('VmRSS');
    return Number.isNaN(resident) ? undefined : {resident, peak: megabytes('VmHWM')};
  } catch {
    return undefined;
  }
}

function fromPs(pid: number): Promise<ProcessMemory | undefined> {
  return new Promise(resolve => {
    execFile('ps', ['-o', 'rss=', '-p', String(pid)], (error, stdout) => {
      const resident = Math.ceil(Number(stdout.trim()) / 1024);
      resolve(error || resident === 0 ? undefined : {resident, peak: resident});
    });
  });
}
