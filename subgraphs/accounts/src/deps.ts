import type { PrismaClient } from '@marquee/prisma-accounts';
import { MailQueue, observeMails, openSmtp } from '@marquee/mail';
import type { SubgraphRuntime } from '@marquee/subgraph';
import type { Log, RecordSecurityEvent } from '@marquee/telemetry';

import { accessTokenSigner } from './adapters/access-tokens.ts';
import { AdministrationRepository } from './adapters/administration.ts';
import { AuditLogRepository, recordReadingOf } from './adapters/audit-log.ts';
import { AttemptRepository } from './adapters/attempts.ts';
import { DataExportRepository, observeDataExports } from './adapters/data-exports.ts';
import { ErasureRepository, observeErasures } from './adapters/erasures.ts';
import { ExportLinks } from './adapters/export-routes.ts';
import { HeldDataRepository } from './adapters/held-data.ts';
import { personalDataParts } from './adapters/personal-data-parts.ts';
import { cityFinder } from './adapters/cities.ts';
import { CredentialChangeRepository } from './adapters/credential-changes.ts';
import { isGuessable } from './adapters/guessable-passwords.ts';
import { InvitationRepository } from './adapters/invitations.ts';
import { newKeyPair } from './adapters/key-pairs.ts';
import { MailTokenRepository } from './adapters/mail-tokens.ts';
import { OrganisationRepository } from './adapters/organisations.ts';
import { openIdProviders } from './adapters/openid-providers.ts';
import { PasskeyChangeRepository } from './adapters/passkey-changes.ts';
import { PasskeyRepository } from './adapters/passkeys.ts';
import { ProviderIdentityRepository } from './adapters/provider-identities.ts';
import { Argon2Passwords } from './adapters/passwords.ts';
import { revocationAnnouncer } from './adapters/revocations.ts';
import { SecondFactorRepository } from './adapters/second-factors.ts';
import { AesSecretBox } from '@marquee/database';
import { SessionRepository } from './adapters/sessions.ts';
import { SigningKeyRepository } from './adapters/signing-keys.ts';
import { ticketOffersOf } from './adapters/ticket-offers.ts';
import { hashToken, keyedHashBy, randomBytes, successorsBy } from './adapters/tokens.ts';
import { otpauthTotp } from './adapters/totp.ts';
import { UserRepository } from './adapters/users.ts';
import { webAuthn } from './adapters/webauthn.ts';
import type { SignAccessToken } from './domain/access-token.ts';
import type { AttemptSettings } from './domain/attempt-limits.ts';
import type { IsGuessable } from './domain/password.ts';
import { KeyRing } from './domain/key-ring.ts';
import type { StorefrontUrl } from './domain/mail-content.ts';
import type { FetchPersonalData } from './domain/data-export.ts';
import type { FindCity } from './domain/profile.ts';
import type { PasskeyCeremonies } from './domain/passkey.ts';
import { relyingParty } from './domain/relying-party.ts';
import type { SignInProviders } from './domain/sign-in-provider.ts';
import type { AnnounceRevocations } from './domain/revocation.ts';
import type { SecretBox } from '@marquee/database';
import { AttemptThrottle, type Throttle, unlimited } from './domain/throttle.ts';
import type { HashToken, KeyedHash, RandomBytes, SuccessorsOf } from './domain/token.ts';
import type { Totp } from './domain/totp.ts';
import type { Settings } from './settings.ts';
import type { ListUsersDeps } from './use-cases/list-users.ts';
import type { ReadAuditLogDeps } from './use-cases/read-audit-log.ts';
import type { SendMailsDeps } from './use-cases/send-mails.ts';

const NO_KEY = new Uint8Array();

/** The dependencies of use cases, resolvers, loaders, handlers and jobs. */
export interface Deps {
  readonly erasures: ErasureRepository;
  readonly heldData: HeldDataRepository;
  readonly dataExports: DataExportRepository;
  readonly exportLinks: ExportLinks;
  readonly fetchPersonalData: FetchPersonalData;
  readonly subgraphs: readonly string[];
  readonly log: Log;
  readonly administration: AdministrationRepository;
  readonly auditLog: AuditLogRepository;
  readonly recordReading: ReadAuditLogDeps['recordReading'];
  readonly recordListing: ListUsersDeps['recordListing'];
  readonly users: UserRepository;
  readonly findCity: FindCity;
  readonly organisations: OrganisationRepository;
  readonly invitations: InvitationRepository;
  readonly sessions: SessionRepository;
  readonly secondFactors: SecondFactorRepository;
  readonly passkeys: PasskeyRepository;
  readonly passkeyChanges: PasskeyChangeRepository;
  readonly ceremonies: PasskeyCeremonies;
  readonly identities: ProviderIdentityRepository;
  readonly signInProviders: SignInProviders;
  readonly publicUrl: string;
  readonly attempts: AttemptRepository;
  readonly throttle: Throttle;
  readonly attemptSettings: AttemptSettings;
  readonly passwords: Argon2Passwords;
  readonly isGuessable: IsGuessable;
  readonly totp: Totp;
  readonly signAccessToken: SignAccessToken;
  readonly announceRevocations: AnnounceRevocations;
  readonly outgoingMails: MailQueue;
  readonly mailTokens: MailTokenRepository;
  readonly credentialChanges: CredentialChangeRepository;
  readonly sendMail: SendMailsDeps['sendMail'];
  readonly fetchTicketOffer: SendMailsDeps['fetchTicketOffer'];
  readonly onMail: SendMailsDeps['onMail'];
  readonly storefrontUrl: StorefrontUrl;
  readonly mailIntervalMs: number;
  readonly keyRing: KeyRing;
  readonly secretBox: SecretBox;
  readonly hashToken: HashToken;
  readonly keyedHash: KeyedHash;
  /** Of keys that sealed before or will. */
  readonly otherHashes: readonly KeyedHash[];
  readonly successorsOf: SuccessorsOf;
  readonly random: RandomBytes;
  readonly securityEvent: RecordSecurityEvent;
  readonly now: () => Date;
}

export function openDeps(runtime: SubgraphRuntime<PrismaClient, Settings>): Deps {
  const { client, calls, subgraphs, redis, namespace, rateLimits, now, instruments, log, securityEvent } = runtime;
  const { encryptionKey, hashingConcurrency, mailUrl, mailFrom, mailIntervalMs, storefrontUrl } = runtime.settings;
  const {
    passkeyOrigins = storefrontUrl === undefined ? [] : [new URL(storefrontUrl).origin],
    passkeyDomain,
    publicUrl,
    signInProviders,
  } = runtime.settings;
  const [presentKey = NO_KEY, ...otherKeys] = encryptionKey;
  const secretBox = new AesSecretBox(encryptionKey);
  const [keyedHash = hashToken, ...otherHashes] = encryptionKey.map((key) => keyedHashBy(key, 'attempts-and-devices'));
  const attempts = new AttemptRepository(client, keyedHash);
  const outgoingMails = new MailQueue(client, secretBox);
  const signingKeys = new SigningKeyRepository(client);
  const keyRing = new KeyRing({ signingKeys, newKeyPair: () => newKeyPair(secretBox), now });
  const erasures = new ErasureRepository(client);
  observeErasures(erasures, instruments);
  const dataExports = new DataExportRepository(client, secretBox);
  observeDataExports(dataExports, instruments);
  const heldData = new HeldDataRepository(client);
  return {
    ...{ erasures, heldData, dataExports },
    exportLinks: new ExportLinks({ secrets: encryptionKey, origin: publicUrl, now }),
    fetchPersonalData: personalDataParts(calls, (userId) => heldData.of(userId)),
    ...{ subgraphs, log },
    administration: new AdministrationRepository(client),
    auditLog: new AuditLogRepository(client),
    recordReading: recordReadingOf('auditLog', client),
    recordListing: recordReadingOf('users', client),
    users: new UserRepository(client, outgoingMails),
    findCity: cityFinder(calls),
    organisations: new OrganisationRepository(client),
    invitations: new InvitationRepository(client, outgoingMails),
    sessions: new SessionRepository(client),
    secondFactors: new SecondFactorRepository(client),
    passkeys: new PasskeyRepository(client, outgoingMails),
    passkeyChanges: new PasskeyChangeRepository(client, outgoingMails),
    ceremonies: webAuthn(relyingParty(passkeyOrigins, passkeyDomain)),
    identities: new ProviderIdentityRepository(client, outgoingMails),
    signInProviders: openIdProviders(signInProviders, { publicUrl, log }),
    publicUrl,
    attempts,
    throttle: rateLimits ? new AttemptThrottle(attempts, now) : unlimited,
    attemptSettings: runtime.settings,
    passwords: new Argon2Passwords({ concurrency: hashingConcurrency, bounded: rateLimits, ...instruments }),
    isGuessable,
    totp: otpauthTotp,
    signAccessToken: accessTokenSigner(keyRing, secretBox),
    successorsOf: successorsBy([presentKey, ...otherKeys]),
    announceRevocations: revocationAnnouncer(redis, namespace, now),
    mailTokens: new MailTokenRepository(client),
    credentialChanges: new CredentialChangeRepository(client, outgoingMails),
    fetchTicketOffer: ticketOffersOf(calls),
    sendMail: openSmtp({ url: mailUrl, from: mailFrom }).send,
    onMail: observeMails('accounts', outgoingMails, instruments, log),
    ...{ outgoingMails, storefrontUrl, mailIntervalMs },
    ...{ keyRing, secretBox, hashToken, keyedHash, otherHashes, random: randomBytes, securityEvent, now },
  };
}
