import { openService, runSubgraph } from '@marquee/subgraph/server';

import { buildCatalog } from './subgraph.ts';

// The catalog subgraph on its own.
const service = openService('catalog', process.env);
await runSubgraph(service, buildCatalog(service.deps), { jwks: service.environment.url('JWKS_URL') });
