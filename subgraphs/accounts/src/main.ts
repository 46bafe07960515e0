import { openService, runSubgraph } from '@marquee/subgraph/server';

import { buildAccounts } from './subgraph.ts';

// The accounts subgraph in a process of its own. Other processes verify access tokens with the keys it serves.
const service = openService('accounts', process.env);
const { environment, deps } = service;
const { subgraph, jwks } = buildAccounts({
  ...deps,
  encryptionKey: environment.key('ACCOUNTS_ENCRYPTION_KEY'),
  limitAttempts: environment.rateLimits,
});
await runSubgraph(service, subgraph, {
  jwks,
  routes: (app) => void app.get('/.well-known/jwks.json', () => jwks()),
});
