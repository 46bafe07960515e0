import { PrismaClient } from '@marquee/prisma-activity';
import { defineSubgraph } from '@marquee/subgraph';

import { openDeps } from './deps.ts';
import { emits } from './emits.ts';
import { handlers } from './events.ts';
import { resolvers } from './generated/resolver-map.ts';
import { loaders } from './loaders.ts';
import { permissions } from './permissions.ts';
import { personalData } from './personal-data.ts';
import { seed } from './seed.ts';
import { settings } from './settings.ts';
import { riskPushes, withRisk } from './risk-events.ts';
import { keepDays } from './use-cases/keep-days.ts';
import { loadEvents } from './use-cases/load-events.ts';
import { scorePeople } from './use-cases/score-people.ts';

const SCORE_EVERY_MS = 500;
const HOUR_MS = 60 * 60_000;

/** Events of visitors, and the figures that are counted of them. */
export const subgraph = defineSubgraph({
  name: 'activity',
  schema: new URL('../schema.graphql', import.meta.url),
  client: PrismaClient,
  settings,
  emits,
  resolvers,
  permissions,
  deps: openDeps,
  loaders,
  handlers: (deps) => withRisk(handlers(deps)),
  pushes: riskPushes,
  personalData,
  seed,
  jobs: (deps) => [
    { name: 'load-events', everyMs: deps.loadIntervalMs, run: () => loadEvents(deps) },
    { name: 'score-people', everyMs: SCORE_EVERY_MS, run: async () => void (await scorePeople(deps)) },
    { name: 'forget-risk', everyMs: HOUR_MS, run: () => deps.signals.forget() },
    { name: 'keep-days', everyMs: HOUR_MS, run: () => keepDays(deps) },
  ],
  // The rest loads at the next start, of this process or another with its folder.
  close: async (deps) => {
    await deps.eventLog.close();
    await loadEvents(deps).catch(() => undefined);
  },
});
