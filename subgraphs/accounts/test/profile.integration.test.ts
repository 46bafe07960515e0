import { ANONYMOUS, type Caller } from '@marquee/subgraph';
import { beforeAll, expect, test } from 'vitest';

import { type AccountsHarness, openAccounts, registered } from './harness.ts';

const UPDATE = `mutation UpdateProfile($input: UpdateProfileInput!) { updateProfile(input: $input) {
  __typename ... on UpdateProfilePayload { user { displayName locale timeZone homeCity { id } } }
  ... on UserError { message } } }`;
const PEOPLE = 'query($ids: [ID!]!) { people(ids: $ids) { id email emailVerified locale timeZone } }';
const CITIES = new Map([['zrh', { id: 'zrh', timeZone: 'Europe/Zurich' }]]);

let harness: AccountsHarness;
beforeAll(async () => {
  const query = (_subgraph: string, { variables }: { variables?: Readonly<Record<string, unknown>> | undefined }) =>
    Promise.resolve({ city: CITIES.get(String(variables?.['id'])) ?? null } as never);
  harness = await openAccounts({ calls: { query } });
});

const update = (caller: Caller, input: object) => harness.field(UPDATE, { input }, { caller });

test('a profile keeps what is left out, and null removes', async () => {
  const { caller } = await registered(harness);
  expect(await update(caller, { displayName: ' Zoe  Z ', locale: 'de-ch', homeCityId: 'zrh' })).toEqual({
    __typename: 'UpdateProfilePayload',
    user: { displayName: 'Zoe Z', locale: 'de-CH', timeZone: 'Europe/Zurich', homeCity: { id: 'zrh' } },
  });
  expect(await update(caller, { timeZone: 'asia/tokyo', displayName: null, locale: null })).toMatchObject({
    user: { displayName: 'Zoe Z', locale: null, timeZone: 'Asia/Tokyo', homeCity: { id: 'zrh' } },
  });
  expect(await update(caller, { timeZone: null })).toMatchObject({ user: { timeZone: 'Europe/Zurich' } });
  expect(await update(caller, { homeCityId: null })).toMatchObject({ user: { timeZone: null, homeCity: null } });
});

test.each([
  ['displayName', ' '],
  ['locale', 'not a tag'],
  ['timeZone', 'Mars/Base'],
  ['timeZone', '+01:00'],
])('an invalid %s is refused, and changes nothing', async (field, value) => {
  const { caller } = await registered(harness);
  const { errors } = await harness.execute(UPDATE, caller, { input: { displayName: 'New', [field]: value } });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: `input.${field}` });
  expect(await update(caller, {})).toMatchObject({ user: { displayName: 'Ada Lovelace' } });
});

test('a city that does not exist is refused, and so is whoever is not signed in', async () => {
  const { caller } = await registered(harness);
  expect(await update(caller, { homeCityId: 'atlantis' })).toEqual({
    __typename: 'UnknownCityError',
    message: 'This city does not exist. Choose another one.',
  });
  const { errors } = await harness.execute(UPDATE, ANONYMOUS, { input: {} });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
});

test('notifications alone asks where and how to reach people', async () => {
  const { caller, email } = await registered(harness);
  await update(caller, { locale: 'hi', timeZone: 'Asia/Tokyo' });
  const ids = [caller.userId];
  const asked = await harness.execute(PEOPLE, { kind: 'service', name: 'notifications' }, { ids });
  const [id] = ids;
  expect(asked.data).toEqual({ people: [{ id, email, emailVerified: false, locale: 'hi', timeZone: 'Asia/Tokyo' }] });
  const booking = await harness.execute(PEOPLE, { kind: 'service', name: 'booking' }, { ids });
  expect(booking.data).toEqual({ people: [{ id, email: null, emailVerified: null, locale: null, timeZone: null }] });
});
