import { defineConfig } from '@graphql-hive/gateway';

const { HIVE_ROUTER_RUNTIME } = process.env;

/** Both variants of Hive Gateway; `jit` is what its makers set for benchmarks, and the Rust executor ignores it. */
export const gatewayConfig = defineConfig({
  logging: 'warn',
  jit: HIVE_ROUTER_RUNTIME === undefined,
  transportEntries: {
    '*.http': { options: { deduplicateInflightRequests: false } },
  },
});
