import {defineConfig} from 'vitest/config';

const every = 'test/**/*.test.ts';

/** `npm run test:full` runs these, by vitest.full.config.ts. */
const slow = 'test/matrix/**';

/** They replace modules, which files that share a worker would find replaced. */
const replacing = [
  'test/audit/saved.test.ts',
  'test/audit/several-templates.test.ts',
  'test/scaffold/new-service-command.test.ts',
];

const bounds = {testTimeout: 30_000, hookTimeout: 60_000};

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      // A worker for each file would take a fifth of the whole time to start.
      {test: {...bounds, name: 'shared', include: [every], exclude: [slow, ...replacing], isolate: false}},
      {test: {...bounds, name: 'alone', include: replacing}},
    ],
  },
});
