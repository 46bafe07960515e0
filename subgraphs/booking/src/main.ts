import { openService, runSubgraph } from '@marquee/subgraph/server';

import { buildBooking } from './subgraph.ts';

// The booking subgraph on its own.
const service = openService('booking', process.env);
const { environment, deps } = service;
const subgraph = buildBooking({ ...deps, settings: { ticketSecret: environment.text('TICKET_SECRET') } });
await runSubgraph(service, subgraph, { jwks: environment.url('JWKS_URL') });
