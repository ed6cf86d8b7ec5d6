import {defineConfig} from 'vitest/config';

/** `npm run test:full`: what takes minutes, beside `npm test`. A service each, driven to its end or against its will. */
export default defineConfig({
  test: {
    include: ['test/matrix/**/*.test.ts'],
    setupFiles: ['test/fixed-seed.ts'],
    testTimeout: 600_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    maxConcurrency: 2,
  },
});
