import { PrismaClient } from '@marquee/prisma-notifications';
import { defineSubgraph } from '@marquee/subgraph';

import { mailReportRoutes } from './adapters/mail-reports.ts';
import { unsubscribeRoutes } from './adapters/unsubscribe-routes.ts';
import { openDeps } from './deps.ts';
import { emits } from './emits.ts';
import { handlers, pushes } from './events.ts';
import { resolvers } from './generated/resolver-map.ts';
import { loaders } from './loaders.ts';
import { permissions } from './permissions.ts';
import { personalData } from './personal-data.ts';
import { settings } from './settings.ts';
import { deleteOldPushes } from './use-cases/delete-old-pushes.ts';
import { planDueMails } from './use-cases/plan-mails.ts';
import { sendNoticeMails } from './use-cases/send-notice-mails.ts';
import { remindHolders } from './use-cases/remind-holders.ts';
import { tellFoundShows } from './use-cases/tell-found-shows.ts';
import { sendPushes } from './use-cases/send-pushes.ts';
import { unsubscribe } from './use-cases/unsubscribe.ts';

const MINUTE_MS = 60_000;

/** Notifications: in the site and the apps, by mail and by push. */
export const subgraph = defineSubgraph({
  name: 'notifications',
  schema: new URL('../schema.graphql', import.meta.url),
  client: PrismaClient,
  emits,
  settings,
  resolvers,
  permissions,
  deps: openDeps,
  loaders,
  asks: ['accounts', 'booking', 'catalog'],
  handlers,
  personalData,
  pushes,
  jobs: (deps) => [
    { name: 'plan-mails', everyMs: deps.mailIntervalMs, run: () => planDueMails(deps, 'TRANSACTIONAL') },
    { name: 'plan-bulk-mails', everyMs: deps.mailIntervalMs, run: () => planDueMails(deps, 'BULK') },
    { name: 'send-mails', everyMs: deps.mailIntervalMs, run: () => sendNoticeMails(deps, 'TRANSACTIONAL') },
    { name: 'send-bulk-mails', everyMs: deps.mailIntervalMs, run: () => sendNoticeMails(deps, 'BULK') },
    { name: 'delete-old-mails', everyMs: 10 * MINUTE_MS, run: () => deps.mailNotices.deleteOld() },
    { name: 'send-pushes', everyMs: deps.pushIntervalMs, run: () => sendPushes(deps, 'TRANSACTIONAL') },
    { name: 'send-bulk-pushes', everyMs: deps.pushIntervalMs, run: () => sendPushes(deps, 'BULK') },
    { name: 'remind-holders', everyMs: deps.reminderIntervalMs, run: () => remindHolders(deps) },
    { name: 'tell-found-shows', everyMs: deps.reminderIntervalMs, run: () => tellFoundShows(deps) },
    { name: 'delete-old-pushes', everyMs: MINUTE_MS, run: () => deleteOldPushes(deps) },
  ],
  routes: (app, deps) => {
    unsubscribeRoutes(app, deps.unsubscribeLinks, (of) => unsubscribe(deps, of));
    mailReportRoutes(app, deps, deps.handleMailReport);
  },
  close: async (deps) => {
    for (const { close } of Object.values(deps.smtp)) close();
    await deps.pushes.close();
  },
});
