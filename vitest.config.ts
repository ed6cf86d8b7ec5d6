import {defineConfig} from 'vitest/config';
import {BaseSequencer, type TestSpecification} from 'vitest/node';

const every = 'test/**/*.test.ts';

/** `npm run test:full` runs these, by vitest.full.config.ts. */
const slow = 'test/matrix/**';

/** They replace modules, which files that share a worker would find replaced. */
const replacing = [
  'test/audit/saved.test.ts',
  'test/audit/several-templates.test.ts',
  'test/scaffold/new-service-command.test.ts',
];

/** What takes long begins first, so that no worker is left with it in the end; it need not be a long file. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({moduleId}: TestSpecification) => /[\\/]test[\\/](e2e|templates)[\\/]/.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter(file => !isLong(file))];
  }
}

const common = {testTimeout: 30_000, hookTimeout: 60_000, setupFiles: ['test/fixed-seed.ts']};

export default defineConfig({
  test: {
    maxWorkers: 2,
    sequence: {sequencer: LongFirst},
    projects: [
      // A worker for each file would take a fifth of the whole time to start.
      {test: {...common, name: 'shared', include: [every], exclude: [slow, ...replacing], isolate: false}},
      {test: {...common, name: 'alone', include: replacing}},
    ],
  },
});
