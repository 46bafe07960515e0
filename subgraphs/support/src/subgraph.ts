import { PrismaClient } from '@marquee/prisma-support';
import { defineSubgraph } from '@marquee/subgraph';

import { openDeps } from './deps.ts';
import { emits } from './emits.ts';
import { handlers, pushes } from './events.ts';
import { resolvers } from './generated/resolver-map.ts';
import { loaders } from './loaders.ts';
import { permissions } from './permissions.ts';
import { personalData } from './personal-data.ts';
import { seed } from './seed.ts';
import { settings } from './settings.ts';
import { assignWaiting, checkTickets } from './use-cases/check-tickets.ts';

const CHECK_EVERY_MS = 5_000;
const FORGET_EVERY_MS = 10 * 60_000;

/** Support tickets, their chats, and help articles. */
export const subgraph = defineSubgraph({
  name: 'support',
  schema: new URL('../schema.graphql', import.meta.url),
  client: PrismaClient,
  emits,
  settings,
  asks: ['accounts', 'booking', 'catalog'],
  resolvers,
  permissions,
  deps: openDeps,
  loaders,
  handlers,
  pushes,
  personalData,
  seed,
  jobs: (deps) => [
    { name: 'check-tickets', everyMs: CHECK_EVERY_MS, run: () => checkTickets(deps) },
    { name: 'assign-waiting-tickets', everyMs: CHECK_EVERY_MS, run: () => assignWaiting(deps) },
    { name: 'forget-writers', everyMs: FORGET_EVERY_MS, run: () => deps.desk.forgetWriters() },
  ],
});
