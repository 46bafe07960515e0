import { randomBytes } from 'node:crypto';
import { PrismaClient } from '@marquee/prisma-accounts';
import { connectDomain, defineSubgraph, type DomainDeps, type Job, newId, type Subgraph } from '@marquee/subgraph';
import type { JSONWebKeySet } from 'jose';
import type { AccountsContext } from './context.ts';
import { announceRecentlyEnded } from './domain/end-session.ts';
import { argon2Passwords } from './domain/password.ts';
import { secretBox } from './domain/secret-box.ts';
import { keyRing } from './domain/signing-keys.ts';
import { noThrottle, windowThrottle } from './domain/throttle.ts';
import { pushesOf } from './events.ts';
import { loadersOf } from './loaders.ts';
import { permissions } from './permissions.ts';
import { attemptsIn } from './repository/attempts.ts';
import { purgeExpired } from './repository/purge.ts';
import { secondFactorsIn } from './repository/second-factors.ts';
import { sessionsIn } from './repository/sessions.ts';
import { signingKeysIn } from './repository/signing-keys.ts';
import { usersIn } from './repository/users.ts';
import { resolvers } from './generated/resolver-map.ts';
import { redisRevocations } from './revocations.ts';
import { type UseCaseDeps, useCasesOf } from './use-cases.ts';

const MINUTE_MS = 60_000;

export interface AccountsDeps extends DomainDeps {
  /** 32 bytes; seals authenticator secrets and private keys in the database. With another key they are lost. */
  readonly encryptionKey: Uint8Array;
  /** False lifts the limits on login attempts, for load tests. */
  readonly limitAttempts?: boolean;
  readonly now?: () => Date;
}

export interface Accounts {
  readonly subgraph: Subgraph;
  /** The public keys that access tokens are verified with. */
  jwks(): Promise<JSONWebKeySet>;
}

/** Composes the accounts domain. */
export function buildAccounts(deps: AccountsDeps): Accounts {
  const { redis, namespace, log, now = () => new Date() } = deps;
  const runtime = connectDomain('accounts', PrismaClient, deps, pushesOf);
  const { client } = runtime;
  const users = usersIn(client);
  const sessions = sessionsIn(client);
  const box = secretBox(deps.encryptionKey, randomBytes);
  const keys = keyRing({ keys: signingKeysIn(client), box, now });
  const throttle = windowThrottle({ attempts: attemptsIn(client), now });
  const useCaseDeps: UseCaseDeps = {
    users,
    sessions,
    secondFactors: secondFactorsIn(client),
    passwords: argon2Passwords(),
    throttle: deps.limitAttempts === false ? noThrottle : throttle,
    revocations: redisRevocations(redis, namespace, now),
    keyRing: keys,
    box,
    random: randomBytes,
    newId,
    now,
  };
  const accounts = useCasesOf(useCaseDeps);
  const jobs: Job[] = [
    runtime.housekeeping,
    { name: 'purge-expired', everyMs: 10 * MINUTE_MS, run: () => purgeExpired(client, now()) },
    { name: 'rotate-signing-keys', everyMs: 10 * MINUTE_MS, run: () => keys.rotate() },
    { name: 'announce-ended-sessions', everyMs: MINUTE_MS, run: () => announceRecentlyEnded(useCaseDeps) },
  ];
  const subgraph = defineSubgraph<AccountsContext>({
    name: 'accounts',
    schemaFile: new URL('../schema.graphql', import.meta.url),
    resolvers,
    permissions,
    context: (request) => ({ ...request, accounts, loaders: loadersOf(users, sessions, now) }),
    relay: runtime.relay,
    jobs,
    ready: runtime.ready,
    close: runtime.close,
    log,
    instruments: deps.instruments,
  });
  return { subgraph, jwks: () => keys.jwks() };
}
