import { PrismaClient } from '@marquee/prisma-payments';
import { defineSubgraph, type SubgraphRuntime } from '@marquee/subgraph';

import { openProvider as openConfigured } from './adapters/open-provider.ts';
import { webhookRoutes } from './adapters/webhooks.ts';
import { openDeps } from './deps.ts';
import type { PaymentProvider } from './domain/payment-provider.ts';
import { emits } from './emits.ts';
import { handlers, pushes } from './events.ts';
import { resolvers } from './generated/resolver-map.ts';
import { jobs } from './jobs.ts';
import { loaders } from './loaders.ts';
import { permissions } from './permissions.ts';
import { personalData } from './personal-data.ts';
import { seed } from './seed.ts';
import { type Settings, settings } from './settings.ts';
import { receiveWebhook } from './use-cases/receive-webhook.ts';

export interface PaymentsOptions {
  readonly openProvider?: (settings: Settings) => PaymentProvider;
}

/** Payments with the given provider; with the one of the settings by default. */
export function definePayments({ openProvider = openConfigured }: PaymentsOptions = {}) {
  return defineSubgraph({
    name: 'payments',
    schema: new URL('../schema.graphql', import.meta.url),
    client: PrismaClient,
    emits,
    settings,
    asks: ['accounts', 'booking'],
    resolvers,
    permissions,
    deps: (runtime: SubgraphRuntime<PrismaClient, Settings>) => openDeps(runtime, openProvider(runtime.settings)),
    loaders,
    handlers,
    personalData,
    supportCases: true,
    riskLevels: true,
    pushes,
    jobs,
    seed,
    routes: (app, deps) => webhookRoutes(app, deps, (webhook) => receiveWebhook(deps, webhook)),
    close: ({ provider }) => provider.close(),
  });
}

export const subgraph = definePayments();
