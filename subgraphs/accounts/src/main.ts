import { openService, runSubgraph } from '@marquee/subgraph/server';

import { buildAccounts } from './subgraph.ts';

// The accounts subgraph on its own. The other processes verify access tokens with the keys that it serves.
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
