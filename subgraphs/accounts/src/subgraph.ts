import { PrismaClient } from '@marquee/prisma-accounts';
import { connectDomain, defineSubgraph, type DomainDeps, type Job, type Subgraph } from '@marquee/subgraph';
import type { JSONWebKeySet } from 'jose';
import type { Context } from './context.ts';
import { openDeps } from './deps.ts';
import { pushesOf } from './events.ts';
import { resolvers } from './generated/resolver-map.ts';
import { loaders } from './loaders.ts';
import { permissions } from './permissions.ts';
import { announceEndedSessions } from './use-cases/announce-ended-sessions.ts';
import { purgeExpired } from './use-cases/purge-expired.ts';

const MINUTE_MS = 60_000;

export interface AccountsDeps extends DomainDeps {
  /** 32 bytes. Encrypts authenticator secrets and private keys in the database; without it they are lost. */
  readonly encryptionKey: Uint8Array;
  /** False removes the limits on attempts, for load tests. */
  readonly limitAttempts?: boolean;
  readonly now?: () => Date;
}

export interface Accounts {
  readonly subgraph: Subgraph;
  /** Public keys that verify access tokens. */
  jwks(): Promise<JSONWebKeySet>;
}

/** Builds the accounts subgraph. */
export function buildAccounts(given: AccountsDeps): Accounts {
  const { redis, namespace, log, encryptionKey, limitAttempts = true, now = () => new Date() } = given;
  const runtime = connectDomain('accounts', PrismaClient, given, pushesOf);
  const deps = openDeps({ client: runtime.client, redis, namespace, encryptionKey, limitAttempts, now });
  const jobs: Job[] = [
    runtime.housekeeping,
    { name: 'purge-expired', everyMs: 10 * MINUTE_MS, run: () => purgeExpired(deps) },
    { name: 'rotate-signing-keys', everyMs: 10 * MINUTE_MS, run: () => deps.keyRing.rotate() },
    { name: 'announce-ended-sessions', everyMs: MINUTE_MS, run: () => announceEndedSessions(deps) },
  ];
  const subgraph = defineSubgraph<Context>({
    name: 'accounts',
    schemaFile: new URL('../schema.graphql', import.meta.url),
    resolvers,
    permissions,
    context: (request) => ({ ...request, deps, loaders: loaders(deps) }),
    relay: runtime.relay,
    jobs,
    ready: runtime.ready,
    close: runtime.close,
    log,
    instruments: given.instruments,
  });
  return { subgraph, jwks: () => deps.keyRing.jwks() };
}
