import { newId } from '@marquee/subgraph';
import { expect, test } from 'vitest';

import { CampaignRepository } from '../src/adapters/campaigns.ts';
import { audit } from '../src/audit.ts';
import { statusOf } from '../src/domain/campaign.ts';
import { subgraph } from '../src/subgraph.ts';
import { advertiser, CITY, eur, FIELDS, inDays, openAds, operationsOf, user } from './harness.ts';

const harness = await openAds();
const { create, set, read, running } = operationsOf(harness);
const { database, execute, others, statements } = harness;

test('a new campaign is a draft of the only organisation that its maker manages', async () => {
  const { caller, organisationId } = advertiser(harness);
  const { campaign } = await create(caller, { cityIds: [CITY, CITY], dailyCap: eur(1_000), timeZone: 'Asia/Kolkata' });
  expect(campaign).toMatchObject({
    ...{ status: 'DRAFT', organisation: { id: organisationId }, cityIds: [CITY], timeZone: 'Asia/Kolkata' },
    ...{ budget: eur(10_000), dailyCap: { amount: 1_000 }, spent: eur(0), impressions: 0, clickThroughRate: 0 },
  });
  expect(await read(caller, campaign?.id ?? '')).toEqual(campaign);
});

test.each([
  ['input.name', { name: ' ' }],
  ['input.headline', { headline: 'a\u0007b' }],
  ['input.imageUrl', { imageUrl: 'http://images.example.com/film.jpg' }],
  ['input.imageUrl', { imageUrl: 'https://me:secret@images.example.com/' }],
  ['input.titleId', { titleId: 'ttl_unknown' }],
  ['input.titleId', { titleId: 'no id' }],
  ['input.cityIds', { cityIds: [CITY, 'cty_unknown'] }],
  ['input.budget.amount', { budget: eur(0) }],
  ['input.budget.currency', { budget: { amount: 10_000, currency: 'GBP' } }],
  ['input.dailyCap.amount', { dailyCap: eur(10_001) }],
  ['input.dailyCap.currency', { dailyCap: { amount: 100, currency: 'USD' } }],
  ['input.bidPerThousand.amount', { bidPerThousand: eur(99) }],
  ['input.bidPerThousand.currency', { bidPerThousand: { amount: 500, currency: 'XXX' } }],
  ['input.frequencyCapPerDay', { frequencyCapPerDay: 0 }],
  ['input.endsAt', { startsAt: inDays(2) }],
  ['input.endsAt', { startsAt: inDays(-2), endsAt: inDays(-1) }],
  ['input.endsAt', { endsAt: inDays(400) }],
  ['input.timeZone', { timeZone: 'Mars/Olympus' }],
  // Known to Node and not to Postgres.
  ['input.timeZone', { timeZone: 'AET' }],
])('a campaign that is wrong in %s is refused: %j', async (field, fields) => {
  const { caller } = advertiser(harness);
  expect(await create(caller, fields)).toMatchObject({ code: 'BAD_USER_INPUT', field });
});

test('a name is used once in an organisation, also by two at once', async () => {
  const { caller } = advertiser(harness);
  const results = await Promise.all([create(caller, { name: 'Spring' }), create(caller, { name: 'Spring' })]);
  expect(results.map(({ __typename }) => __typename).toSorted()).toEqual([
    'CampaignNameTakenError',
    'CreateCampaignPayload',
  ]);
  expect((await create(advertiser(harness).caller, { name: 'Spring' })).campaign).toBeDefined();
});

test('who manages no organisation, or several, has to name one, and only one that they manage', async () => {
  const nobody = user(newId('usr'), ['campaigns:write']);
  expect(await create(nobody)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.organisationId' });
  const [one, other] = [newId('org'), newId('org')];
  const both = user(newId('usr'), ['campaigns:write']);
  others.roles.set(both.userId, [
    { organisationId: one, role: 'MANAGER' },
    { organisationId: other, role: 'OWNER' },
  ]);
  expect(await create(both)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.organisationId' });
  expect((await create(both, { organisationId: other })).campaign).toMatchObject({ organisation: { id: other } });
  expect(await create(nobody, { organisationId: other })).toMatchObject({ code: 'FORBIDDEN' });
});

test('a campaign is its organisation’s: others neither read nor change it, nor does a member in another role', async () => {
  const { id, organisationId } = await running();
  const finance = user(newId('usr'), ['campaigns:write']);
  others.roles.set(finance.userId, [{ organisationId, role: 'FINANCE' }]);
  for (const stranger of [advertiser(harness).caller, finance]) {
    expect(await read(stranger, id)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await set(stranger, id, 'PAUSED')).toMatchObject({ code: 'FORBIDDEN' });
  }
  expect(await read({ kind: 'anonymous' }, id)).toMatchObject({ code: 'UNAUTHENTICATED' });
  expect(await set(user(newId('usr'), []), id, 'PAUSED')).toMatchObject({ code: 'FORBIDDEN' });
});

test('an analyst reads a campaign, an administrator ends it, and both are on record', async () => {
  const { id, organisationId } = await running();
  const analyst = user('usr_analyst', ['reports:read']);
  expect(await read(analyst, id)).toMatchObject({ id, status: 'ACTIVE' });
  expect(await set(analyst, id, 'PAUSED')).toMatchObject({ code: 'FORBIDDEN' });
  const admin = user('usr_admin', ['campaigns:write', 'users:write']);
  expect(await set(admin, id, 'ENDED')).toMatchObject({ campaign: { status: 'ENDED' } });
  const audited = await database.outboxEvent.findMany({ where: { type: 'ads.audited' }, orderBy: { seq: 'asc' } });
  const of = (actorId: string) =>
    audited.map(({ payload }) => payload).filter((each) => (each as { actorId: string }).actorId === actorId);
  expect(of('usr_analyst')).toMatchObject([{ subjectType: 'Organisation', subjectId: organisationId }]);
  expect(of('usr_admin')).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        action: 'campaign.status-set',
        subjectType: 'Campaign',
        subjectId: id,
        detail: 'ENDED',
      }),
    ]),
  );
});

test('a campaign goes from a draft to its end, and never back', async () => {
  const { caller } = advertiser(harness);
  const { campaign } = await create(caller);
  const to = async (status: string) => {
    const { campaign: changed, status: now, code } = await set(caller, campaign?.id ?? '', status);
    return changed?.status ?? now ?? code;
  };
  expect(await to('PAUSED')).toBe('DRAFT');
  expect(await to('EXHAUSTED')).toBe('BAD_USER_INPUT');
  for (const status of ['ACTIVE', 'ACTIVE', 'PAUSED', 'ACTIVE', 'ENDED', 'ENDED'])
    expect(await to(status)).toBe(status);
  const { message, status } = await set(caller, campaign?.id ?? '', 'ACTIVE');
  expect({ message, status }).toEqual({ message: 'This campaign has ended. Create another one.', status: 'ENDED' });
  expect(await set(caller, 'cmp_unknown', 'ACTIVE')).toMatchObject({ code: 'NOT_FOUND' });
});

test('one’s campaigns are those of the organisations that one manages, latest first, in two statements a page', async () => {
  const { caller } = advertiser(harness);
  const names = ['first', 'second', 'third'];
  for (const name of names) await create(caller, { name });
  await create(advertiser(harness).caller);
  const list = `query ($representations: [_Any!]!, $after: String) { _entities(representations: $representations) {
    ... on User { campaigns(first: 2, after: $after) { edges { node { ${FIELDS} } } pageInfo { hasNextPage endCursor } } } } }`;
  const page = async (after: string | null, by = caller) => {
    const representations = [{ __typename: 'User', id: caller.userId }];
    const { data } = await execute(list, by, { representations, after });
    return (data as unknown as Listed)._entities[0]?.campaigns;
  };
  let first = await page(null);
  const sent = await statements.during(async () => void (first = await page(null)));
  expect(first?.edges.map(({ node }) => node.name)).toEqual(['third', 'second']);
  expect(sent.filter((sql) => /campaign/.test(sql))).toHaveLength(2);
  const second = await page(first?.pageInfo.endCursor ?? null);
  expect(second).toMatchObject({ edges: [{ node: { name: 'first' } }], pageInfo: { hasNextPage: false } });
  expect(await page(null, advertiser(harness).caller)).toBeNull();
});

test('a list of campaigns is narrowed to an organisation that the person manages, and denied for another', async () => {
  const { caller, organisationId: one } = advertiser(harness);
  const [other, notManaged] = [newId('org'), newId('org')];
  others.roles.set(caller.userId, [
    { organisationId: one, role: 'OWNER' },
    { organisationId: other, role: 'MANAGER' },
    { organisationId: notManaged, role: 'FINANCE' },
  ]);
  for (const organisationId of [one, other]) await create(caller, { organisationId, name: organisationId });
  const list = `query ($representations: [_Any!]!, $organisationId: ID) { _entities(representations: $representations) {
    ... on User { campaigns(organisationId: $organisationId) { edges { node { name } } pageInfo { hasNextPage endCursor } } } } }`;
  const listed = async (organisationId: string | null) => {
    const representations = [{ __typename: 'User', id: caller.userId }];
    const { data, errors } = await execute(list, caller, { representations, organisationId });
    const page = (data as unknown as Listed)._entities[0]?.campaigns;
    return page?.edges.map(({ node }) => node.name) ?? errors?.[0]?.extensions?.['code'];
  };
  expect(await listed(null)).toEqual([other, one]);
  expect(await listed(one)).toEqual([one]);
  expect(await listed(other)).toEqual([other]);
  expect(await listed(notManaged)).toBe('FORBIDDEN');
  expect(await listed(newId('org'))).toBe('FORBIDDEN');
});

test('the seed has campaigns of every status with a sound past, some of which bid, and nothing when repeated', async () => {
  const seeded = await openAds();
  const { database: stored, databaseUrl } = seeded;
  await subgraph.seed?.({ databaseUrl });
  const campaigns = new CampaignRepository(stored);
  const all = await campaigns.page({
    limit: 100,
    after: null,
    organisationIds: ['org_seed_partner', 'org_seed_advertiser'],
  });
  expect(new Set(all.map(statusOf))).toEqual(new Set(['ACTIVE', 'PAUSED', 'EXHAUSTED', 'ENDED', 'DRAFT']));
  const before = await stored.placement.count();
  expect(before).toBeGreaterThan(2_000);
  await subgraph.seed?.({ databaseUrl });
  expect(await stored.placement.count()).toBe(before);
  const lines: string[] = [];
  for await (const line of audit(stored)) lines.push(line);
  expect(lines).toEqual([]);
  expect(await operationsOf(seeded).place({ slots: 3 })).toHaveLength(2);
});

interface Listed {
  readonly _entities: readonly ({
    readonly campaigns: {
      readonly edges: readonly { readonly node: { readonly name: string } }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
    };
  } | null)[];
}
