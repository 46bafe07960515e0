import type { PrismaClient } from '@marquee/prisma-accounts';
import { newId } from '@marquee/subgraph';
import type { Redis } from 'ioredis';
import { JwtAccessTokens } from './adapters/access-tokens.ts';
import { AttemptRepository } from './adapters/attempts.ts';
import { newKeyPair } from './adapters/key-pairs.ts';
import { Argon2Passwords } from './adapters/passwords.ts';
import { RedisRevocations } from './adapters/revocations.ts';
import { SecondFactorRepository } from './adapters/second-factors.ts';
import { AesSecretBox } from './adapters/secret-box.ts';
import { SessionRepository } from './adapters/sessions.ts';
import { SigningKeyRepository } from './adapters/signing-keys.ts';
import { hashToken, randomBytes } from './adapters/tokens.ts';
import { otpauthTotp } from './adapters/totp.ts';
import { UserRepository } from './adapters/users.ts';
import { KeyRing } from './domain/key-ring.ts';
import { unlimited, WindowThrottle } from './domain/throttle.ts';
import type { AnswerSecondFactorDeps } from './use-cases/answer-second-factor.ts';
import type { ConfirmTotpEnrolmentDeps } from './use-cases/confirm-totp-enrolment.ts';
import type { LogInDeps } from './use-cases/log-in.ts';
import type { PurgeExpiredDeps } from './use-cases/purge-expired.ts';
import type { RefreshSessionDeps } from './use-cases/refresh-session.ts';
import type { RegisterUserDeps } from './use-cases/register-user.ts';
import type { StartTotpEnrolmentDeps } from './use-cases/start-totp-enrolment.ts';

/** Dependencies of the use cases, loaders and jobs. */
export interface Deps
  extends
    RegisterUserDeps,
    LogInDeps,
    AnswerSecondFactorDeps,
    RefreshSessionDeps,
    StartTotpEnrolmentDeps,
    ConfirmTotpEnrolmentDeps,
    PurgeExpiredDeps {
  readonly keyRing: KeyRing;
}

/** Connections and settings that the adapters are built from. */
export interface Runtime {
  readonly client: PrismaClient;
  readonly redis: Redis;
  readonly namespace: string;
  readonly encryptionKey: Uint8Array;
  readonly limitAttempts: boolean;
  readonly now: () => Date;
}

/** Builds the adapters. @throws unless the encryption key has 32 bytes */
export function openDeps({ client, redis, namespace, encryptionKey, limitAttempts, now }: Runtime): Deps {
  const secretBox = new AesSecretBox(encryptionKey);
  const attempts = new AttemptRepository(client);
  const signingKeys = new SigningKeyRepository(client);
  const keyRing = new KeyRing({ signingKeys, newKeyPair: () => newKeyPair(secretBox), now });
  return {
    users: new UserRepository(client),
    sessions: new SessionRepository(client),
    secondFactors: new SecondFactorRepository(client),
    attempts,
    throttle: limitAttempts ? new WindowThrottle(attempts, now) : unlimited,
    passwords: new Argon2Passwords(),
    totp: otpauthTotp,
    accessTokens: new JwtAccessTokens(keyRing, secretBox),
    revocations: new RedisRevocations(redis, namespace, now),
    keyRing,
    secretBox,
    hashToken,
    random: randomBytes,
    newId,
    now,
  };
}
