import { happens } from '@marquee/testkit';
import { beforeAll, describe, expect, test } from 'vitest';

import { SessionRepository } from '../src/adapters/sessions.ts';
import { hashToken } from '../src/adapters/tokens.ts';
import {
  callerOf,
  LOGOUT,
  PASSWORD,
  LOGIN,
  REFRESH,
  registered,
  REVOKE,
  type AccountsHarness,
  openAccounts,
  tokensOf,
  VIEWER,
} from './harness.ts';

let harness: AccountsHarness;
beforeAll(async () => {
  harness = await openAccounts();
});

const DAY_MS = 24 * 60 * 60 * 1000;
const refresh = (refreshToken: string) => harness.field(REFRESH, { refreshToken });
const EXPIRED = { __typename: 'SessionExpiredError', message: 'Your session has ended. Sign in again.' };

/** Lets time pass since a token was exchanged, by the database clock. */
async function letPass(refreshToken: string, seconds: number): Promise<void> {
  const hash = hashToken(refreshToken);
  await harness.database.$executeRaw`
    UPDATE refresh_tokens SET used_at = used_at - make_interval(secs => ${seconds}) WHERE hash = ${hash}`;
}

async function isAnnounced(sessionId: string): Promise<boolean> {
  return (await harness.redis.zscore(`${harness.namespace}:revoked-sessions`, sessionId)) !== null;
}

describe('refreshSession', () => {
  test('returns new tokens of the same session and uses up the old refresh token', async () => {
    const first = await registered(harness);
    harness.clock.advance(60_000);
    const second = tokensOf(await refresh(first.refreshToken));
    expect(second.refreshToken).not.toBe(first.refreshToken);
    const caller = await callerOf(harness, second.accessToken);
    expect(caller).toMatchObject({ userId: first.caller.userId, sessionId: first.caller.sessionId });
    const { createdAt, lastSeenAt } = await harness.database.session.findUniqueOrThrow({
      where: { id: caller.sessionId },
    });
    expect(lastSeenAt.getTime() - createdAt.getTime()).toBeGreaterThanOrEqual(60_000);
    expect(tokensOf(await refresh(second.refreshToken)).refreshToken).toBeTruthy();
  });

  test('works until 90 days after the sign-in, and then no more', async () => {
    const { caller, refreshToken } = await registered(harness);
    const createdAt = new Date(harness.clock.now().getTime() - 90 * DAY_MS + 3_600_000);
    await harness.database.session.update({ where: { id: caller.sessionId }, data: { createdAt } });
    const last = tokensOf(await refresh(refreshToken));
    harness.clock.advance(3_601_000);
    expect(await refresh(last.refreshToken)).toEqual(EXPIRED);
  });

  test('a session that expires ends for those that keep things for it, once, and no other does', async () => {
    const [over, open] = [await registered(harness), await registered(harness)];
    const expiresAt = new Date(harness.clock.now().getTime() - 1);
    await harness.database.session.update({ where: { id: over.caller.sessionId }, data: { expiresAt } });
    const sessions = new SessionRepository(harness.database);
    await Promise.all([sessions.endExpired(harness.clock.now()), sessions.endExpired(harness.clock.now())]);
    const { userId, sessionId } = over.caller;
    const told = await harness.database.outboxEvent.findMany({ where: { key: { in: [userId, open.caller.userId] } } });
    const until = new Date(expiresAt.getTime() + 660_000).toISOString();
    expect(told.filter(({ type }) => type === 'account.session-revoked').map(({ payload }) => payload)).toEqual([
      { userId, sessionId, until },
    ]);
    expect(tokensOf(await refresh(open.refreshToken)).refreshToken).toBeTruthy();
  });

  test('keeps the time of the sign-in, also when the token is sent again', async () => {
    const { caller, refreshToken } = await registered(harness);
    harness.clock.advance(60_000);
    for (let time = 0; time < 2; time += 1) {
      const next = await callerOf(harness, tokensOf(await refresh(refreshToken)).accessToken);
      expect(next.authenticatedAt).toEqual(caller.authenticatedAt);
    }
  });

  test('takes one statement', async () => {
    const { refreshToken } = await registered(harness);
    expect(await harness.statements.during(() => refresh(refreshToken))).toHaveLength(1);
  });

  test('a token sent again within 10 seconds gives the same successor', async () => {
    const { caller, refreshToken } = await registered(harness);
    const lost = tokensOf(await refresh(refreshToken));
    await letPass(refreshToken, 9);
    const again = tokensOf(await refresh(refreshToken));
    expect(again.refreshToken).toBe(lost.refreshToken);
    expect((await callerOf(harness, again.accessToken)).sessionId).toBe(caller.sessionId);
    expect(tokensOf(await refresh(again.refreshToken)).refreshToken).toBeTruthy();
  });

  test('no grace revives a session that has ended', async () => {
    const { caller, refreshToken } = await registered(harness);
    await refresh(refreshToken);
    await harness.field(LOGOUT, {}, { caller });
    expect(await refresh(refreshToken)).toEqual(EXPIRED);
  });

  test('a token used again after 10 seconds ends the session for both the owner and the thief', async () => {
    const owner = await registered(harness);
    const thief = tokensOf(await refresh(owner.refreshToken));
    await letPass(owner.refreshToken, 11);
    expect(await refresh(owner.refreshToken)).toEqual(EXPIRED);
    expect(await refresh(thief.refreshToken)).toEqual(EXPIRED);
    expect(await isAnnounced(owner.caller.sessionId)).toBe(true);
    const session = await harness.database.session.findUniqueOrThrow({ where: { id: owner.caller.sessionId } });
    expect(session.revokedFor).toBe('REFRESH_TOKEN_REUSED');
  });

  test('an unknown token and one unused for 30 days are rejected', async () => {
    expect(await refresh('refresh_nonsense')).toEqual(EXPIRED);
    const { refreshToken } = await registered(harness);
    harness.clock.advance(30 * DAY_MS + 1000);
    expect(await refresh(refreshToken)).toEqual(EXPIRED);
  });

  test('a newly granted role is in the next access token', async () => {
    const { caller, refreshToken } = await registered(harness);
    await harness.database.user.update({ where: { id: caller.userId }, data: { roles: ['CUSTOMER', 'PARTNER'] } });
    const next = await callerOf(harness, tokensOf(await refresh(refreshToken)).accessToken);
    expect(next.roles).toEqual(['CUSTOMER', 'PARTNER']);
    expect(next.scopes).toEqual(['catalog:write', 'sales:read', 'seats:write', 'tickets:scan']);
  });

  test('20 concurrent uses of a token give one successor, and the session goes on', async () => {
    const { refreshToken, caller } = await registered(harness);
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(refreshToken)));
    const successors = new Set(answers.map((answer) => tokensOf(answer).refreshToken));
    expect(successors.size).toBe(1);
    const stored = await harness.database.refreshToken.findMany({ where: { sessionId: caller.sessionId } });
    expect(stored).toHaveLength(2);
    const [successor] = successors;
    expect(tokensOf(await refresh(String(successor))).refreshToken).toBeTruthy();
  });

  test('control: reading before updating lets several uses succeed', async () => {
    const { refreshToken, caller } = await registered(harness);
    const token = await harness.database.refreshToken.findFirstOrThrow({ where: { sessionId: caller.sessionId } });
    expect(refreshToken).not.toContain(token.hash);
    const readThenUse = async (): Promise<boolean> => {
      const { usedAt } = await harness.database.refreshToken.findUniqueOrThrow({ where: { hash: token.hash } });
      if (usedAt !== null) return false;
      await harness.database.refreshToken.update({ where: { hash: token.hash }, data: { usedAt: new Date() } });
      return true;
    };
    const wins = (await Promise.all([readThenUse(), readThenUse(), readThenUse(), readThenUse()])).filter(Boolean);
    expect(wins.length).toBeGreaterThan(1);
  });
});

describe('logout and revokeSession', () => {
  test('logging out ends the session, emits an event, and is announced before the response', async () => {
    const { caller, refreshToken } = await registered(harness);
    expect(await harness.field(LOGOUT, {}, { caller })).toEqual({ revokedSessionId: caller.sessionId });
    expect(await isAnnounced(caller.sessionId)).toBe(true);
    expect(await refresh(refreshToken)).toEqual(EXPIRED);
    const events = await harness.database.outboxEvent.findMany({
      where: { type: 'account.session-revoked', key: caller.userId },
    });
    expect(events).toMatchObject([{ payload: { sessionId: caller.sessionId, userId: caller.userId } }]);
  });

  test('the announcement is kept until the last access token of the session has expired', async () => {
    const { caller } = await registered(harness);
    await harness.field(LOGOUT, {}, { caller });
    const until = Number(await harness.redis.zscore(`${harness.namespace}:revoked-sessions`, caller.sessionId));
    expect(until).toBeGreaterThan(caller.expiresAt.getTime());
    expect(until).toBeLessThan(caller.expiresAt.getTime() + 5 * 60_000);
  });

  test('running gateways receive a message', async () => {
    const listener = harness.redis.duplicate();
    await listener.subscribe(`${harness.namespace}:push:session-revoked`);
    const message = new Promise<string>((resolve) => listener.on('message', (_channel, text) => resolve(text)));
    const { caller } = await registered(harness);
    await harness.field(LOGOUT, {}, { caller });
    expect(JSON.parse(await message)).toEqual({
      sessionId: caller.sessionId,
      until: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });
    listener.disconnect();
  });

  test('a user can end another session of their own, repeatedly', async () => {
    const { email, caller } = await registered(harness);
    const other = await callerOf(
      harness,
      tokensOf(await harness.field(LOGIN, { input: { email, password: PASSWORD } })).accessToken,
    );
    for (let time = 0; time < 2; time += 1) {
      const answer = await harness.field(REVOKE, { sessionId: other.sessionId }, { caller });
      expect(answer).toEqual({ revokedSessionId: other.sessionId });
    }
    expect(await isAnnounced(other.sessionId)).toBe(true);
    expect(
      await harness.database.outboxEvent.count({ where: { key: caller.userId, type: 'account.session-revoked' } }),
    ).toBe(1);
    const viewer = await harness.field(VIEWER, {}, { caller });
    expect(viewer['sessions']).toMatchObject([{ id: caller.sessionId }]);
  });

  test('a session of another user or an unknown session cannot be ended', async () => {
    const [owner, stranger] = [await registered(harness), await registered(harness)];
    for (const sessionId of [owner.caller.sessionId, 'ses_nonsense', 'ses_\u0001']) {
      const { errors } = await harness.execute(REVOKE, stranger.caller, { sessionId });
      expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    }
    expect(await isAnnounced(owner.caller.sessionId)).toBe(false);
    expect(tokensOf(await refresh(owner.refreshToken))).toBeTruthy();
  });
});

describe('sessions of one account', () => {
  const logIn = (email: string) => harness.field(LOGIN, { input: { email, password: PASSWORD } });
  const openSessions = (userId: string) => harness.database.session.count({ where: { userId, revokedAt: null } });

  /** A user with open sessions on this many devices, last seen one after the other. */
  async function withSessions(count: number) {
    const person = await registered(harness);
    const { userId } = person.caller;
    const at = (minutes: number) => new Date(harness.clock.now().getTime() + (minutes - 1_000) * 60_000);
    const data = Array.from({ length: count - 1 }, (_, index) => ({
      ...{ id: `${userId}_${index}`, userId, createdAt: at(0), authenticatedAt: at(0) },
      ...{ lastSeenAt: at(index), expiresAt: at(100_000) },
    }));
    await harness.database.session.createMany({ data });
    return person;
  }

  test('are 50: another login ends the one not seen for longest, and its tokens are refused', async () => {
    const { email, caller } = await withSessions(50);
    tokensOf(await logIn(email));
    expect(await openSessions(caller.userId)).toBe(50);
    const oldest = await harness.database.session.findUniqueOrThrow({ where: { id: `${caller.userId}_0` } });
    expect(oldest.revokedFor).toBe('REPLACED');
    expect(await isAnnounced(oldest.id)).toBe(true);
    const where = { key: caller.userId, type: 'account.session-revoked' };
    expect(await harness.database.outboxEvent.findMany({ where })).toMatchObject([
      { payload: { sessionId: oldest.id } },
    ]);
    const viewer = await harness.field(VIEWER, {}, { caller });
    expect(viewer['sessions']).toHaveLength(50);
  });

  test('are never more, however many logins race', async () => {
    const { email, caller } = await withSessions(49);
    await Promise.all(Array.from({ length: 6 }, () => logIn(email)));
    expect(await openSessions(caller.userId)).toBe(50);
  });

  test('control: counting without the lock on the user lets races open more', async () => {
    const opensMore = async (): Promise<boolean> => {
      const { userId } = (await withSessions(49)).caller;
      const countThenOpen = async (position: number): Promise<void> => {
        const count = await openSessions(userId);
        const at = harness.clock.now();
        const times = { createdAt: at, authenticatedAt: at, lastSeenAt: at, expiresAt: at };
        if (count < 50)
          await harness.database.session.create({ data: { id: `${userId}_r${position}`, userId, ...times } });
      };
      await Promise.all([1, 2, 3, 4].map(countThenOpen));
      return (await openSessions(userId)) > 50;
    };
    expect(await happens(opensMore)).toBe(true);
  });
});
