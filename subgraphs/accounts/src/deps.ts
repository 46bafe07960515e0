import type { PrismaClient } from '@marquee/prisma-accounts';
import type { SubgraphRuntime } from '@marquee/subgraph';

import { accessTokenSigner } from './adapters/access-tokens.ts';
import { AttemptRepository } from './adapters/attempts.ts';
import { newKeyPair } from './adapters/key-pairs.ts';
import { Argon2Passwords } from './adapters/passwords.ts';
import { revocationAnnouncer } from './adapters/revocations.ts';
import { SecondFactorRepository } from './adapters/second-factors.ts';
import { AesSecretBox } from './adapters/secret-box.ts';
import { SessionRepository } from './adapters/sessions.ts';
import { SigningKeyRepository } from './adapters/signing-keys.ts';
import { hashToken, keyedHashBy, randomBytes, successorsBy } from './adapters/tokens.ts';
import { otpauthTotp } from './adapters/totp.ts';
import { UserRepository } from './adapters/users.ts';
import type { SignAccessToken } from './domain/access-token.ts';
import type { AttemptSettings } from './domain/attempt-limits.ts';
import { KeyRing } from './domain/key-ring.ts';
import type { AnnounceRevocations } from './domain/revocation.ts';
import type { SecretBox } from './domain/secret-box.ts';
import { AttemptThrottle, type Throttle, unlimited } from './domain/throttle.ts';
import type { HashToken, KeyedHash, RandomBytes, SuccessorOf } from './domain/token.ts';
import type { Totp } from './domain/totp.ts';
import type { Settings } from './settings.ts';

/** The dependencies of use cases, resolvers, loaders, handlers and jobs. */
export interface Deps {
  readonly users: UserRepository;
  readonly sessions: SessionRepository;
  readonly secondFactors: SecondFactorRepository;
  readonly attempts: AttemptRepository;
  readonly throttle: Throttle;
  readonly attemptSettings: AttemptSettings;
  readonly passwords: Argon2Passwords;
  readonly totp: Totp;
  readonly signAccessToken: SignAccessToken;
  readonly announceRevocations: AnnounceRevocations;
  readonly keyRing: KeyRing;
  readonly secretBox: SecretBox;
  readonly hashToken: HashToken;
  readonly keyedHash: KeyedHash;
  readonly successorOf: SuccessorOf;
  readonly random: RandomBytes;
  readonly now: () => Date;
}

export function openDeps(runtime: SubgraphRuntime<PrismaClient, Settings>): Deps {
  const { client, redis, namespace, rateLimits, now, instruments } = runtime;
  const { encryptionKey, hashingConcurrency } = runtime.settings;
  const secretBox = new AesSecretBox(encryptionKey);
  const keyedHash = keyedHashBy(encryptionKey, 'attempts-and-devices');
  const attempts = new AttemptRepository(client, keyedHash);
  const signingKeys = new SigningKeyRepository(client);
  const keyRing = new KeyRing({ signingKeys, newKeyPair: () => newKeyPair(secretBox), now });
  return {
    users: new UserRepository(client),
    sessions: new SessionRepository(client),
    secondFactors: new SecondFactorRepository(client),
    attempts,
    throttle: rateLimits ? new AttemptThrottle(attempts, now) : unlimited,
    attemptSettings: runtime.settings,
    passwords: new Argon2Passwords({ concurrency: hashingConcurrency, bounded: rateLimits, ...instruments }),
    totp: otpauthTotp,
    signAccessToken: accessTokenSigner(keyRing, secretBox),
    successorOf: successorsBy(encryptionKey),
    announceRevocations: revocationAnnouncer(redis, namespace, now),
    ...{ keyRing, secretBox, hashToken, keyedHash, random: randomBytes, now },
  };
}
