import type { UserCaller } from '@marquee/subgraph';
import { beforeAll, expect, test } from 'vitest';

import { ErasureRepository } from '../src/adapters/erasures.ts';
import { completeErasures } from '../src/use-cases/erase-account.ts';
import { type AccountsHarness, LOGIN, openAccounts, PASSWORD, REFRESH, registered, stoppedClock } from './harness.ts';

const ERASE = `mutation ($password: String!) { deleteMyAccount(password: $password) {
  __typename ... on DeleteMyAccountPayload { erasedUserId } ... on UserError { message } } }`;
const DAY_MS = 24 * 60 * 60 * 1_000;

let harness: AccountsHarness;
beforeAll(async () => {
  harness = await openAccounts({}, stoppedClock());
});

const erase = (caller: UserCaller, password = PASSWORD) => harness.field(ERASE, { password }, { caller });

const erasedEvents = (userId: string) =>
  harness.database.outboxEvent.findMany({ where: { type: 'account.erased', key: userId }, orderBy: { seq: 'asc' } });

test('an erased account’s sessions end, nobody signs in to it, and its address is free', async () => {
  const { caller, email, refreshToken } = await registered(harness);
  const { userId, sessionId } = caller;
  expect(await erase(caller)).toEqual({ __typename: 'DeleteMyAccountPayload', erasedUserId: userId });
  expect(await harness.field(REFRESH, { refreshToken })).toMatchObject({ __typename: 'SessionExpiredError' });
  const login = { input: { email, password: PASSWORD } };
  expect(await harness.field(LOGIN, login)).toMatchObject({ __typename: 'InvalidCredentialsError' });
  const revoked = await harness.database.outboxEvent.findMany({
    where: { type: 'account.session-revoked', key: userId },
  });
  expect(revoked.map(({ payload }) => payload)).toMatchObject([{ sessionId }]);
  expect((await erasedEvents(userId)).map(({ payload }) => payload)).toEqual([{ userId }]);
  await registered(harness, { email });
});

test('the tokens of its sessions are announced again after Redis lost them', async () => {
  const { caller } = await registered(harness);
  await erase(caller);
  await harness.redis.del(`${harness.namespace}:revoked-sessions`);
  const another = await harness.database.accountErasure.findUniqueOrThrow({ where: { userId: caller.userId } });
  expect(another.endedSessions).toEqual([caller.sessionId]);
});

test('a wrong password erases nothing, and of two requests at once one erases', async () => {
  const { caller } = await registered(harness);
  expect(await erase(caller, 'not the password')).toMatchObject({ __typename: 'IncorrectPasswordError' });
  const outcomes = await Promise.allSettled([erase(caller), erase(caller)]);
  const names = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value.__typename : 'gone'));
  expect(names.filter((name) => name === 'DeleteMyAccountPayload')).toHaveLength(1);
  expect(await erasedEvents(caller.userId)).toHaveLength(1);
});

test('an account with a second factor needs a fresh sign-in too', async () => {
  const { caller } = await registered(harness);
  const at = harness.clock.now();
  await harness.database.totpDevice.create({
    data: { userId: caller.userId, secret: Buffer.from('sealed'), startedAt: at, confirmedAt: at },
  });
  const stale = { ...caller, authenticatedAt: new Date(at.getTime() - DAY_MS) };
  const { errors } = await harness.execute(ERASE, stale, { password: PASSWORD });
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', reason: 'REAUTHENTICATION_REQUIRED' } }]);
});

test('the last administrator stays, and so does the last owner of an organisation', async () => {
  const { caller } = await registered(harness);
  await harness.database.user.update({ where: { id: caller.userId }, data: { roles: ['CUSTOMER', 'ADMIN'] } });
  expect(await erase(caller)).toMatchObject({ __typename: 'LastAdministratorError' });
  expect(await erasedEvents(caller.userId)).toEqual([]);
  const owner = (await registered(harness)).caller;
  const organisation = { id: 'org_kept', name: 'Kino Nord', slug: 'kino-nord', country: 'DE' };
  const members = { create: { userId: owner.userId, role: 'OWNER' } } as const;
  await harness.database.organisation.create({ data: { ...organisation, members } });
  expect(await erase(owner)).toMatchObject({ __typename: 'LastOwnerError' });
  const heir = (await registered(harness)).caller;
  await harness.database.organisationMember.create({
    data: { organisationId: organisation.id, userId: heir.userId, role: 'OWNER' },
  });
  expect(await erase(owner)).toMatchObject({ __typename: 'DeleteMyAccountPayload' });
});

test('all are told again after eight days; the erasure is complete once all have done it since', async () => {
  const { caller } = await registered(harness);
  const { userId } = caller;
  await harness.database.$executeRaw`
    INSERT INTO event_subscribers (consumer, inbox, generation, types) VALUES
      ('booking', gen_random_uuid(), 1, '{account.erased}'), ('catalog', gen_random_uuid(), 1, '{other.event}')`;
  await erase(caller);
  const told = (await erasedEvents(userId))[0]?.id ?? '';
  const erasures = new ErasureRepository(harness.database);
  const run = () => completeErasures({ erasures, now: harness.clock.now });
  const state = () => harness.database.accountErasure.findUniqueOrThrow({ where: { userId } });
  await run();
  expect(await erasedEvents(userId)).toHaveLength(1);
  harness.clock.advance(9 * DAY_MS);
  await run();
  const events = await erasedEvents(userId);
  expect(events.map(({ id }) => id)).toHaveLength(2);
  expect(await state()).toMatchObject({ passes: 2, completedAt: null, eventId: events[1]?.id });
  const receipt = (eventId = '') => harness.deliver('booking.person-erased', { userId, eventId });
  await receipt(told);
  await run();
  expect(await state()).toMatchObject({ completedAt: null, erasedIn: [] });
  expect((await erasures.waiting()).erasures).toBeGreaterThan(0);
  await receipt(events[1]?.id);
  await receipt(events[1]?.id);
  await run();
  expect(await state()).toMatchObject({ completedAt: harness.clock.now(), erasedIn: ['booking'] });
});
