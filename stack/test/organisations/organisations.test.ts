import { createHash } from 'node:crypto';

import { ORGANISATION_ROLES, type OrganisationRole, ROLES_FOR } from '@marquee/identity';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { type Actor, type Answer, dataOf } from '../public-schema/actor.ts';
import { query } from '../server-process.ts';
import { expectEntries } from '../audit-log/expect-entries.ts';
import { page } from './page.ts';
import { decidedFields } from './decided.ts';
import { documentOf, OPERATIONS, type OperationOfWork, rolesFor } from './table.ts';
import { buyASeat, openWorld, type Side, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
}, 120_000);
afterAll(() => world?.marketplace.stop());

const DENIALS = ['FORBIDDEN', 'UNAUTHORIZED_FIELD_OR_TYPE'];

/** The part of an answer that a role is needed for; null when it was denied. @throws for any other failure */
function granted({ data, errors = [] }: Answer, path: string): unknown {
  const value = path.split('.').reduce<unknown>((of, name) => (of as Record<string, unknown> | null)?.[name], data);
  if (value !== null && value !== undefined) return value;
  if (errors.some(({ extensions }) => DENIALS.includes(extensions.code))) return null;
  throw new Error(`${path} failed: ${JSON.stringify(errors)}`);
}

function send(asker: Actor, { operation, document, path, variables }: OperationOfWork): Promise<unknown> {
  const answer = asker.ask(document ?? documentOf(operation), variables(world.belongings));
  return answer.then((given) => granted(given, path));
}

/** The roles of an organisation for which something succeeds, all at once. */
async function rolesThat(side: Side, work: (asker: Actor) => Promise<unknown>): Promise<readonly OrganisationRole[]> {
  const tried = ORGANISATION_ROLES.map(async (role) => ((await work(world.member(side, role))) === null ? [] : role));
  return (await Promise.all(tried)).flat();
}

test.each(OPERATIONS.map((each) => [each.operation, each.path, each] as const))(
  '%s (%s) is for the roles of its organisation that do the work, and for nobody of another',
  async (_operation, _path, each) => {
    const [other, own] = await Promise.all(
      (['other', 'own'] as const).map((side) => rolesThat(side, (by) => send(by, each))),
    );
    expect({ own, other }).toEqual({ own: [...rolesFor(each.work)], other: [] });
  },
);

test('every field that a role in an organisation decides is in the table', () => {
  const tested = [...OPERATIONS.map(({ path }) => path), 'organisation', 'liveSales', 'acceptInvitation'];
  expect(decidedFields().filter((field) => !tested.includes(field))).toEqual([]);
});

test('an invitation is for whom it was sent to, and for no member of any organisation', async () => {
  const token = `invite_${'x'.repeat(43)}`;
  const hash = createHash('sha256').update(token).digest('base64url');
  const { databaseUrl } = world.marketplace;
  await query(
    databaseUrl('accounts'),
    // Of one whose mail is not under way: that would give it another token.
    `UPDATE organisation_invitations SET token_hash = '${hash}' WHERE id = '${world.belongings.nextInvitation()}'`,
  );
  const accept = `mutation ($token: String!) { acceptInvitation(token: $token) { __typename } }`;
  for (const side of ['own', 'other'] as const) {
    for (const role of ORGANISATION_ROLES) {
      expect(await dataOf(world.member(side, role), 'acceptInvitation', accept, { token })).toEqual({
        __typename: 'InvitationForSomebodyElseError',
      });
    }
  }
});

test('one document of two organisations at the same moment gives each its own alone', async () => {
  const document = `query ($from: Date!, $to: Date!) {
    viewer { id organisations { organisation { id } } venues(first: 50) { edges { node { id } } } }
    salesReport(from: $from, to: $to, groupBy: VENUE) { rows { key } }
  }`;
  const period = PERIOD();
  const sides = Array.from({ length: 12 }, (_, index) => (index % 2 === 0 ? 'own' : 'other') as Side);
  const answers = await Promise.all(sides.map((side) => world.member(side, 'OWNER').ask(document, period)));
  answers.forEach(({ data }, index) => {
    const text = JSON.stringify(data);
    const isOwn = sides[index] === 'own';
    expect(text.includes('org_seed_admin')).toBe(!isOwn);
    for (const id of [world.belongings.venueId, world.belongings.organisationId]) expect(text.includes(id)).toBe(isOwn);
  });
});

/** Sent so that they change nothing: more than the balance, the role that the member has, a seat that was given away. */
const UNCHANGING = new Set(['RequestPayout', 'SetMemberRole', 'UnblockSeats']);

test('what was changed for an organisation is in the audit log', async () => {
  const changes = OPERATIONS.filter(({ operation }) => !UNCHANGING.has(operation));
  await expectEntries(
    world.marketplace,
    changes.map(({ path }) => path),
  );
});

test('the documented table is the tested one', async () => {
  await expect(page()).toMatchFileSnapshot('../../../docs/organisations.md');
});

test('lists have what is of one’s own organisation, and nothing of another', async () => {
  const seenBy = (side: Side) =>
    Promise.all(
      ORGANISATION_ROLES.map(async (role) => {
        const { venues, organisations } = await dataOf<Mine>(world.member(side, role), 'viewer', MINE);
        return [
          venues.edges.map(({ node }) => node.name.split(' ')[0]),
          organisations.map(({ organisation: { id } }) => id),
        ];
      }),
    );
  const [own, other] = await Promise.all((['own', 'other'] as const).map(seenBy));
  for (const [venues = [], organisations] of own ?? []) {
    expect(venues).not.toContain('The Globe');
    expect(venues.length).toBeGreaterThan(0);
    expect(organisations).toEqual(['org_seed_partner']);
  }
  for (const seen of other ?? []) expect(seen).toEqual([['The'], ['org_seed_admin']]);
});

test('live sales and reports of sales tell an organisation of its own sales alone', async () => {
  const { endpoint } = world.marketplace;
  const end = new AbortController();
  const ended = end.signal;
  const watch = async (by: Actor): Promise<unknown> => {
    const document = `subscription { liveSales(venueId: "${world.belongings.venueId}") { ticketsSold } }`;
    const headers = { 'content-type': 'application/json', accept: 'text/event-stream', ...by.headers };
    const response = await fetch(endpoint, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query: document }),
      signal: ended,
    });
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk as Uint8Array).toString();
      const data = /^event: next\ndata: ?(.*)\n\n/m.exec(text)?.[1];
      if (data !== undefined) return granted(JSON.parse(data) as Answer, 'liveSales');
    }
    throw new Error(`the stream ended: ${text}`);
  };
  const watching = Promise.all((['own', 'other'] as const).map((side) => rolesThat(side, watch)));
  const customer = await world.marketplace.logIn('customer');
  const buying = (async () => {
    while (!ended.aborted) await buyASeat(customer, world.belongings.showId);
  })();
  const told = await watching.finally(() => end.abort());
  await buying;
  expect(told).toEqual([[...ROLES_FOR.SALES], []]);
  const report = async (side: Side) => {
    const rows = await dataOf<{ rows: { key: string }[] }>(
      world.member(side, 'FINANCE'),
      'salesReport',
      REPORT,
      PERIOD(),
    );
    return rows.rows.map(({ key }) => key);
  };
  expect(await report('own')).toContain(world.belongings.venueId);
  expect(await report('other')).not.toContain(world.belongings.venueId);
});

test('who is removed does nothing more, with the token of before', async () => {
  const { organisationId } = world.belongings;
  const [owner, finance] = [world.member('own', 'OWNER'), world.member('own', 'FINANCE')];
  const account = OPERATIONS.find(({ operation }) => operation === 'PayoutAccount') as OperationOfWork;
  const bookings = OPERATIONS.find(({ operation }) => operation === 'VenueBookings') as OperationOfWork;
  expect(await send(finance, account)).not.toBeNull();
  await dataOf(owner, 'setMemberRole', documentOf('SetMemberRole'), {
    organisationId,
    userId: finance.userId,
    role: null,
  });
  expect(await Promise.all([account, bookings].map((each) => send(finance, each)))).toEqual([null, null]);
});

interface Mine {
  readonly venues: { readonly edges: readonly { readonly node: { readonly name: string } }[] };
  readonly organisations: readonly { readonly organisation: { readonly id: string } }[];
}

const MINE = '{ viewer { venues(first: 50) { edges { node { name } } } organisations { organisation { id } } } }';
const REPORT = `query ($from: Date!, $to: Date!) { salesReport(from: $from, to: $to, groupBy: VENUE) { rows { key } } }`;
const PERIOD = () => ({
  from: new Date().toISOString().slice(0, 10),
  to: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
});
