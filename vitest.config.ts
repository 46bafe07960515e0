import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { OPTIMISE_LATE } from './testkit/src/optimise-late.ts';

/** The workspaces' package.json, whose exports decide which file an import means. */
const manifests = ['.', 'packages', 'prisma', 'sandbox', 'subgraphs']
  .flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}/package.json`))
  .filter((file) => existsSync(file))
  .map((file) => readFileSync(file, 'utf8'))
  .join('');

export default defineConfig({
  plugins: [
    {
      name: 'keep-modules-until-exports-change',
      configureVitest: ({ experimental_defineCacheKeyGenerator: addToKey }) => addToKey(() => manifests),
    },
  ],
  resolve: {
    // Node loads graphql's CommonJS build; the ESM one beside it would be a second realm.
    alias: [{ find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql') }],
  },
  test: {
    include: [
      '{apps/*/src,bench/test,gateway,packages,sandbox,schema,scripts/lib,stack,subgraphs,testkit}/**/*.test.ts',
    ],
    globalSetup: ['testkit/src/global-setup.ts'],
    setupFiles: ['testkit/src/setup-file.ts'],
    pool: 'forks',
    // One more than there are processors, because tests wait: for Postgres, for Redis, for what happens later.
    maxWorkers: availableParallelism() + 1,
    // A process loads Prisma and Apollo once for all of its files; each file has its own databases and Redis namespace.
    isolate: false,
    // Code of tests runs a few times: compiling the best of machine code for it, as V8 would soon, took a fifth of the
    // processor's time. And what they make lives for a moment: with room for it, less is spent on collecting it.
    execArgv: [OPTIMISE_LATE, '--max-semi-space-size=64'],
    // Transformed modules are kept by content from run to run: transforming takes half the time of a file that runs alone.
    experimental: { fsModuleCache: true },
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
