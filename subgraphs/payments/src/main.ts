import { openService, runSubgraph } from '@marquee/subgraph/server';

import { sandboxPayments } from './adapters/sandbox/sandbox-payments.ts';
import { buildPayments } from './subgraph.ts';

// Serves the payments subgraph alone. The provider sends its webhooks to this process.
const service = openService('payments', process.env);
const { environment, deps } = service;
const subgraph = buildPayments({
  ...deps,
  provider: sandboxPayments({
    baseUrl: environment.url('SANDBOX_PROVIDER_URL').origin,
    apiKey: environment.text('SANDBOX_PROVIDER_API_KEY'),
    webhookSecret: environment.text('SANDBOX_PROVIDER_WEBHOOK_SECRET'),
  }),
  calls: service.calls,
});
await runSubgraph(service, subgraph, { jwks: environment.url('JWKS_URL') });
