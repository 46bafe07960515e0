import { PrismaClient } from '@marquee/prisma-accounts';
import { defineSubgraph, EVERY_SUBGRAPH } from '@marquee/subgraph';

import { signInRoutes } from './adapters/sign-in-routes.ts';
import { appendToAuditLog } from './adapters/audit-log.ts';
import { recordReceipt } from './adapters/erasures.ts';
import { exportRoutes } from './adapters/export-routes.ts';
import { openDeps } from './deps.ts';
import { emits } from './emits.ts';
import { handlers, pushes } from './events.ts';
import { resolvers } from './generated/resolver-map.ts';
import { loaders } from './loaders.ts';
import { permissions } from './permissions.ts';
import { sealed } from './sealed.ts';
import { personalData } from './personal-data.ts';
import { demoAccounts, seed } from './seed.ts';
import { settings } from './settings.ts';
import { announceEndedSessions } from './use-cases/announce-ended-sessions.ts';
import { completeErasures } from './use-cases/erase-account.ts';
import { makeDataExports } from './use-cases/export-data.ts';
import { deleteExpiredRows } from './use-cases/delete-expired-rows.ts';
import { sendMails } from './use-cases/send-mails.ts';
import { finishProviderLogin } from './use-cases/finish-provider-login.ts';
import { startProviderLogin } from './use-cases/start-provider-login.ts';
import { tellGuessedOwners } from './use-cases/tell-guessed-owners.ts';

const MINUTE_MS = 60_000;

/** Users, sessions and authentication. */
export const subgraph = defineSubgraph({
  name: 'accounts',
  schema: new URL('../schema.graphql', import.meta.url),
  client: PrismaClient,
  emits,
  settings,
  sealed,
  resolvers,
  permissions,
  deps: openDeps,
  loaders,
  asks: [EVERY_SUBGRAPH],
  handlers,
  personalData,
  auditLog: () => ({ many: appendToAuditLog }),
  erasureReceipts: () => recordReceipt,
  pushes,
  jobs: (deps) => [
    { name: 'delete-expired-rows', everyMs: 10 * MINUTE_MS, run: () => deleteExpiredRows(deps) },
    { name: 'rotate-signing-keys', everyMs: 10 * MINUTE_MS, run: () => deps.keyRing.rotate() },
    { name: 'tell-guessed-owners', everyMs: MINUTE_MS, run: () => tellGuessedOwners(deps) },
    { name: 'send-mails', everyMs: deps.mailIntervalMs, run: () => sendMails(deps) },
    { name: 'make-data-exports', everyMs: 1_000, run: () => makeDataExports(deps) },
    { name: 'complete-erasures', everyMs: 10 * MINUTE_MS, run: () => completeErasures(deps) },
    { name: 'announce-ended-sessions', everyMs: MINUTE_MS, run: () => announceEndedSessions(deps) },
  ],
  routes: (app, deps) => {
    signInRoutes(app, deps, {
      start: (step) => startProviderLogin(deps, step),
      finish: (step) => finishProviderLogin(deps, step),
    });
    exportRoutes(app, deps.exportLinks, (id, downloads) => deps.dataExports.download(id, downloads, deps.now()));
  },
  keys: ({ keyRing }) => keyRing.jwks(),
  close: ({ passwords }) => passwords.drain(),
  seed,
  demoAccounts: demoAccounts(),
});
