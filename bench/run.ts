// npm run bench [-- PART...]: what gear costs, beside what a user would pick instead, in one run.
import {cpus, platform, release, totalmem} from 'node:os';
import {account} from './account.ts';
import {build} from './build.ts';
import {commandLine} from './command-line.ts';
import {type Figure, figureTable} from './figure.ts';
import {noop} from './noop.ts';
import {pipeline} from './pipeline.ts';
import {requests} from './requests.ts';
import {start} from './start.ts';

const began = performance.now();
const [cpu] = cpus();
process.stdout.write(
  `${new Date().toISOString().slice(0, 10)}, ${cpus().length} x ${cpu?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${platform()} ${release()}, Node ${process.versions.node}\n\n`,
);
const figures: Figure[] = [];
const chosen = process.argv.slice(2);
for (const part of [commandLine, build, account, start, requests, pipeline, noop]) {
  if (chosen.length > 0 && !chosen.includes(part.name)) continue;
  process.stderr.write(`${part.name} ...\n`);
  figures.push(...(await part()));
}
process.stdout.write(`${figureTable(figures)}\n\n${((performance.now() - began) / 1000).toFixed(0)} s\n`);
