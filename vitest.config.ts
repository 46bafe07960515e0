import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // Node loads graphql's CommonJS build; the ESM one beside it would be a second realm.
    alias: [{ find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql') }],
  },
  test: {
    include: ['{bench/test,gateway,subgraphs,packages,prisma,schema}/**/*.test.ts'],
    globalSetup: ['packages/testkit/src/global-setup.ts'],
    setupFiles: ['packages/testkit/src/setup-file.ts'],
    pool: 'forks',
    // A file waits for Postgres and sockets much of its time: one process more than there are cores keeps them busy.
    maxWorkers: availableParallelism() + 1,
    // A process loads Prisma and Apollo once for all of its files; each file has its own databases and Redis namespace.
    isolate: false,
    // Tests make much that lives for a moment: with room for it a tenth of the processor's time is not spent on collecting it.
    execArgv: ['--max-semi-space-size=64'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
