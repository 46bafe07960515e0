import { openService, runSubgraph } from '@marquee/subgraph/server';

import { buildNotifications } from './subgraph.ts';

// The notifications subgraph on its own.
const service = openService('notifications', process.env);
await runSubgraph(service, buildNotifications(service.deps), { jwks: service.environment.url('JWKS_URL') });
