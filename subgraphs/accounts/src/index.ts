export { SEED_PASSWORD, seedAccounts, type SeedAccountsDeps, SEEDED_ACCOUNTS } from './seed.ts';
export { type Accounts, type AccountsDeps, buildAccounts } from './subgraph.ts';
