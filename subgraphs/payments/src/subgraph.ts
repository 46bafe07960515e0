import { PrismaClient } from '@marquee/prisma-payments';
import { connectDomain, defineSubgraph, type DomainDeps, type Subgraph } from '@marquee/subgraph';

import { webhookRoutes } from './adapters/webhooks.ts';
import type { Context } from './context.ts';
import { type DepsOptions, openDeps } from './deps.ts';
import { handlersOf } from './events.ts';
import { jobs } from './jobs.ts';
import { loaders } from './loaders.ts';
import { permissions } from './permissions.ts';
import { push } from './push.ts';
import { resolvers } from './generated/resolver-map.ts';
import { receiveWebhook } from './use-cases/receive-webhook.ts';

export interface PaymentsDeps extends DomainDeps, DepsOptions {}

/** Builds the payments subgraph. */
export function buildPayments(options: PaymentsDeps): Subgraph {
  const { log, provider } = options;
  const runtime = connectDomain('payments', PrismaClient, options, push);
  const { relay, pubSub } = runtime;
  const deps = openDeps(runtime, options);
  return defineSubgraph<Context>({
    name: 'payments',
    schemaFile: new URL('../schema.graphql', import.meta.url),
    resolvers,
    permissions,
    context: (request) => ({ ...request, deps, pubSub, loaders: loaders(deps) }),
    relay,
    consumers: [runtime.consumer(handlersOf(deps))],
    jobs: [...jobs(deps), runtime.housekeeping],
    routes: (app) =>
      webhookRoutes(app, {
        provider: provider.name,
        receive: (webhook) => receiveWebhook(deps, webhook),
        onReceived: () => relay.kick(),
        log,
      }),
    ready: runtime.ready,
    close: async () => {
      provider.close();
      await runtime.close();
    },
    log,
    instruments: options.instruments,
  });
}
