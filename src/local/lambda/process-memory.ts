import {execFile} from 'node:child_process';
import {readFileSync} from 'node:fs';
import type {Clock} from '../clock.ts';

/** How much memory a process uses, and the most it was seen to use; in megabytes. */
export class MemoryGauge {
  pid: number | undefined;
  peak = 0;

  /**
   * What counts against the function's memory: 0 when the process is gone. The pages of the interpreter do not,
   * where the platform tells them apart: here they are shared with every other process that runs it.
   */
  async measure(): Promise<number> {
    if (this.pid === undefined) return 0;
    const {own, peak} = process.platform === 'linux' ? fromProc(this.pid) : await fromPs(this.pid);
    this.peak = Math.max(this.peak, peak, own);
    return own;
  }

  /** Looks again and again whether the process uses more than `limit`; the answer ends that. */
  watch(clock: Clock, limit: number, onExceeded: () => void): () => void {
    let watching = true;
    let cancel = () => {};
    const look = async () => {
      const used = await this.measure();
      if (!watching) return;
      if (used > limit) onExceeded();
      else cancel = clock.after(interval, () => void look());
    };
    cancel = clock.after(interval, () => void look());
    return () => {
      watching = false;
      cancel();
    };
  }
}

/** Milliseconds; where Node.js grows faster, V8's own limit stops it, which is the function's memory too. */
const interval = 100;

interface Memory {
  readonly own: number;
  readonly peak: number;
}

const gone: Memory = {own: 0, peak: 0};

function fromProc(pid: number): Memory {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const megabytes = (name: string) => Number(new RegExp(`^${name}:\\s*(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024;
    return {own: Math.ceil(megabytes('RssAnon') + megabytes('RssShmem')), peak: Math.ceil(megabytes('VmHWM'))};
  } catch {
    return gone;
  }
}

function fromPs(pid: number): Promise<Memory> {
  return new Promise(resolve => {
    execFile('ps', ['-o', 'rss=', '-p', String(pid)], (error, stdout) => {
      const resident = Math.ceil(Number(stdout.trim()) / 1024);
      resolve(error ? gone : {own: resident, peak: resident});
    });
  });
}
