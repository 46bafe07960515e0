import { randomBytes } from 'node:crypto';
import { PrismaClient } from '@marquee/prisma-accounts';
import { connect } from '@marquee/database';
import { ANONYMOUS, type Caller, type SubgraphRequest } from '@marquee/subgraph';
import { openLog } from '@marquee/telemetry';
import { countStatements, testDatabase, testRedis } from '@marquee/testkit';
import { Redis } from 'ioredis';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterAll } from 'vitest';
import { type AccountsDeps, buildAccounts } from '../src/index.ts';

type Answer = Record<string, unknown> & { __typename?: string };

/** The system clock, plus what it was advanced by. */
export interface TestClock {
  now(): Date;
  advance(ms: number): void;
}

/** The accounts subgraph on a database and a Redis namespace of its own, closed after the test file. */
export async function startAccounts(given: Partial<AccountsDeps> = {}) {
  const database = await testDatabase('accounts');
  const { url, namespace } = testRedis();
  const redis = new Redis(url);
  const statements = countStatements();
  const clock = testClock();
  const deps: AccountsDeps = {
    databaseUrl: database.url,
    redis,
    namespace,
    log: openLog({ service: 'accounts', level: 'silent' }),
    encryptionKey: randomBytes(32),
    onStatement: statements.onStatement,
    now: () => clock.now(),
    ...given,
  };
  const accounts = buildAccounts(deps);
  const client = connect(PrismaClient, { url: database.url, poolSize: 4 });
  afterAll(async () => {
    await accounts.subgraph.stop();
    await client.$disconnect();
    redis.disconnect();
  });
  return { ...accounts, deps, client, redis, namespace, statements, clock, ask: asking(accounts.subgraph), database };
}

export type Harness = Awaited<ReturnType<typeof startAccounts>>;

function testClock(): TestClock {
  let moved = 0;
  return { now: () => new Date(Date.now() + moved), advance: (ms) => void (moved += ms) };
}

function asking(subgraph: { execute: (request: SubgraphRequest) => Promise<{ data?: unknown; errors?: unknown }> }) {
  /** Runs an operation. */
  const execute = async (
    query: string,
    variables: Record<string, unknown> = {},
    rest: Partial<SubgraphRequest> = {},
  ) => {
    const result = await subgraph.execute({ query, variables, caller: ANONYMOUS, ...rest });
    return result as { data?: Record<string, unknown> | null; errors?: { path?: string[]; extensions: Answer }[] };
  };
  /** Runs an operation with one root field and returns the field's value. @throws when there are errors */
  const field = async (query: string, variables: Record<string, unknown> = {}, rest: Partial<SubgraphRequest> = {}) => {
    const { data, errors } = await execute(query, variables, rest);
    if (errors || !data) throw new Error(`The operation failed: ${JSON.stringify(errors)}`);
    return Object.values(data)[0] as Answer;
  };
  return { execute, field };
}

/** The caller of an access token, verified with the published keys as the gateway does. */
export async function callerOf(
  { jwks, clock }: Harness,
  accessToken: unknown,
): Promise<Extract<Caller, { kind: 'user' }>> {
  const options = { issuer: 'marquee', audience: 'marquee-api', algorithms: ['EdDSA'], currentDate: clock.now() };
  const { payload } = await jwtVerify(String(accessToken), createLocalJWKSet(await jwks()), options);
  return {
    kind: 'user',
    userId: String(payload.sub),
    sessionId: String(payload['sid']),
    roles: payload['roles'] as string[],
    scopes: String(payload['scope']).split(' ').filter(Boolean),
    expiresAt: new Date(Number(payload.exp) * 1000),
  };
}

let addresses = 0;

/** An email address without an account. */
export function freshEmail(): string {
  addresses += 1;
  return `person${addresses}@example.com`;
}

export const PASSWORD = 'correct horse battery';

/** Registers a new user. */
export async function registered(harness: Harness, given: { email?: string; userAgent?: string } = {}) {
  const { email = freshEmail(), userAgent = null } = given;
  const input = { email, password: PASSWORD, displayName: 'Ada Lovelace' };
  const answer = await harness.ask.field(REGISTER, { input }, { device: { address: null, userAgent } });
  return { email, ...tokensOf(answer), caller: await callerOf(harness, answer['accessToken']) };
}

/** The tokens of an AuthPayload. @throws for any other result */
export function tokensOf(answer: Answer): { accessToken: string; refreshToken: string } {
  if (answer.__typename !== 'AuthPayload') throw new Error(`Not signed in: ${JSON.stringify(answer)}`);
  return { accessToken: String(answer['accessToken']), refreshToken: String(answer['refreshToken']) };
}

const OUTCOME = '... on UserError { message }';

export const REGISTER = `mutation Register($input: RegisterInput!) { register(input: $input) {
  __typename ... on AuthPayload { accessToken refreshToken expiresIn user { id email displayName } } ${OUTCOME} } }`;

export const LOGIN = `mutation Login($input: LoginInput!) { login(input: $input) {
  __typename ... on AuthPayload { accessToken refreshToken expiresIn user { id displayName roles } }
  ... on SecondFactorRequired { challengeId } ${OUTCOME} } }`;

export const ANSWER = `mutation AnswerSecondFactor($input: AnswerSecondFactorInput!) { answerSecondFactor(input: $input) {
  __typename ... on AuthPayload { accessToken refreshToken expiresIn } ${OUTCOME} } }`;

export const REFRESH = `mutation RefreshSession($refreshToken: String!) { refreshSession(refreshToken: $refreshToken) {
  __typename ... on AuthPayload { accessToken refreshToken expiresIn } ${OUTCOME} } }`;

export const VIEWER = `query Viewer { viewer {
  id email displayName locale roles createdAt sessions { id userAgent createdAt lastSeenAt current } } }`;

export const LOGOUT = 'mutation Logout { logout { revokedSessionId } }';

export const REVOKE =
  'mutation RevokeSession($sessionId: ID!) { revokeSession(sessionId: $sessionId) { revokedSessionId } }';

export const START_TOTP = 'mutation StartTotpEnrolment { startTotpEnrolment { secret otpauthUri } }';

export const CONFIRM_TOTP = `mutation ConfirmTotpEnrolment($code: String!) { confirmTotpEnrolment(code: $code) {
  __typename ... on ConfirmTotpEnrolmentPayload { recoveryCodes } ${OUTCOME} } }`;

export const USERS = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on User { id displayName email locale roles createdAt sessions { id } } } }`;
