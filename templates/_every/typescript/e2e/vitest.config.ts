import {defineConfig} from 'vitest/config';

/** `npm run test:e2e`: the deployed service, where `npm test` has its parts. */
export default defineConfig({
  test: {include: ['e2e/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 120_000},
});
