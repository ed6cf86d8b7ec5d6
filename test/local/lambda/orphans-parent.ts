// A process that runs two functions and says which processes they are; the test kills it.
import {readFileSync, watch} from 'node:fs';
import {join} from 'node:path';
import {openRuntimeBench} from './runtime-bench.ts';

const bench = openRuntimeBench();
const frozen = bench.function({'index.mjs': 'export const handler = async () => process.pid'});
const busy = bench.function(
  {
    'index.mjs': `import {writeFileSync} from 'node:fs';
    export const handler = async ({file}) => { writeFileSync(file, String(process.pid)); for (;;); }`,
  },
  {Timeout: 60},
);
const {value} = await bench.invoke(frozen);
const file = join(busy.taskRoot, 'pid');
const running = new Promise<number>(resolve => {
  const watcher = watch(busy.taskRoot, () => {
    try {
      const pid = Number(readFileSync(file, 'utf8'));
      if (pid === 0) return;
      watcher.close();
      resolve(pid);
    } catch {
      // Not written yet.
    }
  });
});
void bench.invoke(busy, {file});
console.log(JSON.stringify({frozen: value, busy: await running}));
