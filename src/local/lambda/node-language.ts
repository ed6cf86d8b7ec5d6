import {fileURLToPath} from 'node:url';
import type {Language} from './language.ts';

const bootstrap = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './bootstrap.ts' : './bootstrap.js', import.meta.url),
);

/** Functions run on the Node.js that runs gear. */
export const nodeLanguage: Language = {
  runs: runtime => runtime.startsWith('nodejs'),
  interpreter: async runtime => ({
    name: `Node.js ${process.versions.node}`,
    runtimeVersion: `nodejs:${process.versions.node}`,
    exact: runtime.startsWith(`nodejs${process.versions.node.split('.')[0]}.`),
    command: ({id, memorySize}) => [process.execPath, ...memoryFlags(memorySize), bootstrap, id],
  }),
};

/** The shares of the memory that AWS's own runtime gives to the two parts of V8's heap. */
function memoryFlags(memorySize: number): string[] {
  return [
    `--max-old-space-size=${Math.floor(memorySize * 0.9)}`,
    `--max-semi-space-size=${Math.max(1, Math.floor(memorySize * 0.05))}`,
  ];
}
