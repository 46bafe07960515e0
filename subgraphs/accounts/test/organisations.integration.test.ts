import { randomUUID } from 'node:crypto';
import { ANONYMOUS, type Caller, type UserCaller } from '@marquee/subgraph';
import { userCaller } from '@marquee/testkit/harness';
import { beforeAll, expect, test } from 'vitest';

import { type AccountsHarness, openAccounts, registered } from './harness.ts';

const CREATE = `mutation($input: CreateOrganisationInput!) { createOrganisation(input: $input) {
  __typename ... on CreateOrganisationPayload { organisation { id name slug country } } ... on UserError { message } } }`;
const READ = `query($id: ID!) { organisation(id: $id) { id name slug members { role user { id } organisation { id } } } }`;
const MINE = 'query { viewer { organisations { role organisation { id name slug members { role } } } } }';
const ROLES = 'query($userId: ID!) { organisationRoles(userId: $userId) { organisationId role } }';

let harness: AccountsHarness;
beforeAll(async () => {
  harness = await openAccounts();
});

async function partner(): Promise<UserCaller> {
  return { ...(await registered(harness)).caller, roles: ['CUSTOMER', 'PARTNER'], scopes: ['catalog:write'] };
}

const input = (more: object = {}) => ({
  ...{ name: 'Kino Nord', slug: `kino-${randomUUID().slice(0, 8)}`, country: 'DE' },
  ...more,
});

async function founded(caller: Caller): Promise<string> {
  const created = await harness.field(CREATE, { input: input() }, { caller });
  return (created['organisation'] as { id: string }).id;
}

test('whoever founds an organisation owns it, and reads its members', async () => {
  const owner = await partner();
  const id = await founded(owner);
  const member = { role: 'OWNER', user: { id: owner.userId }, organisation: { id } };
  expect(await harness.field(READ, { id }, { caller: owner })).toMatchObject({ name: 'Kino Nord', members: [member] });
  expect(await harness.field(MINE, {}, { caller: owner })).toMatchObject({
    organisations: [{ role: 'OWNER', organisation: { id, members: [{ role: 'OWNER' }] } }],
  });
});

test('of organisations that ask for a slug at once, exactly one gets it', async () => {
  const owner = await partner();
  const wanted = input({ slug: ' Kino-Sued ' });
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => harness.field(CREATE, { input: wanted }, { caller: owner })),
  );
  const names = answers.map(({ __typename }) => __typename).toSorted();
  expect(names).toEqual(['CreateOrganisationPayload', ...Array.from({ length: 7 }, () => 'SlugTakenError')]);
  expect(await harness.database.organisation.count({ where: { slug: 'kino-sued' } })).toBe(1);
});

test.each([
  ['input.name', { name: ' ' }],
  ['input.slug', { slug: 'kino--nord' }],
  ['input.slug', { slug: 'ø' }],
  ['input.country', { country: 'XQ' }],
  ['input.country', { country: 'ZZ' }],
])('an invalid %s is refused', async (field, wrong) => {
  const { errors } = await harness.execute(CREATE, await partner(), { input: input(wrong) });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
});

test('members are for members and support; customers and managers found nothing', async () => {
  const id = await founded(await partner());
  const stranger = await registered(harness);
  const { data, errors } = await harness.execute(READ, stranger.caller, { id });
  expect(data).toMatchObject({ organisation: { id, name: 'Kino Nord', members: null } });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  const support = { ...stranger.caller, scopes: ['users:read'] };
  expect(await harness.field(READ, { id }, { caller: support })).toMatchObject({ members: [{ role: 'OWNER' }] });
  const manager = { ...stranger.caller, scopes: ['catalog:write'] };
  for (const caller of [stranger.caller, manager]) {
    const refused = await harness.execute(CREATE, caller, { input: input() });
    expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  }
  expect((await harness.execute(READ, userCaller(), { id: 'org_none' })).data).toEqual({ organisation: null });
});

test('roles are told to the services that let members act, and to nobody else', async () => {
  const owner = await partner();
  const id = await founded(owner);
  const asked = { userId: owner.userId };
  const catalog: Caller = { kind: 'service', name: 'catalog' };
  expect(await harness.field(ROLES, asked, { caller: catalog })).toEqual([{ organisationId: id, role: 'OWNER' }]);
  for (const caller of [ANONYMOUS, owner, { kind: 'service', name: 'notifications' } as const]) {
    const { errors } = await harness.execute(ROLES, caller, asked);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  }
});

test('who is suspended has no role, until they are not', async () => {
  const owner = await partner();
  const organisationId = await founded(owner);
  const roles = async (status: 'ACTIVE' | 'SUSPENDED') => {
    await harness.database.user.update({ where: { id: owner.userId }, data: { status } });
    return harness.field(ROLES, { userId: owner.userId }, { caller: { kind: 'service', name: 'catalog' } });
  };
  expect(await roles('SUSPENDED')).toEqual([]);
  expect(await roles('ACTIVE')).toEqual([{ organisationId, role: 'OWNER' }]);
});
