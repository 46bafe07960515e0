import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { DEMO_PASSWORD } from '../../src/demo/purchase.ts';
import { loadSubgraph, subgraphNames } from '../../src/subgraphs.ts';
import { expectEntries } from '../audit-log/expect-entries.ts';
import { unclassifiedReads } from '../audit-log/reads.ts';
import { ACCOUNTS, GOODBYE } from './accounts.ts';
import { ADMINISTRATION, MODERATION } from './administration.ts';
import { expectAnswers } from './answers.ts';
import { followBySocket, followByStream, until } from './chat.ts';
import { CAMPAIGNS } from './campaigns.ts';
import { COUPONS } from './coupons.ts';
import { ENGAGEMENT } from './engagement.ts';
import { INVITING, ORGANISATIONS } from './organisations.ts';
import { SUPPORT } from './support.ts';
import { tableOf } from './table.ts';
import { openWorld, REGISTERED, type Who, type World } from './world.ts';

/** In the order in which they are sent: the guest of accounts is invited before they register. */
const ROWS = Object.entries({
  ...{ ...ENGAGEMENT, ...COUPONS, ...CAMPAIGNS, ...SUPPORT, ...MODERATION },
  ...{ ...INVITING, ...ACCOUNTS, ...ORGANISATIONS, ...ADMINISTRATION, ...GOODBYE },
});
/** Operations about people are those of these files, and those about coupons and campaigns; activity has tests of its own. */
const FILES: ReadonlySet<string> = new Set(['storefront/accounts', 'storefront/engagement', 'backoffice/people']);
const OF_ACTIVITY: ReadonlySet<string> = new Set(['TrackEvents', 'MyHistory']);

let world: World;

beforeAll(async () => {
  world = await openWorld();
}, 60_000);
afterAll(() => world?.marketplace.stop());

test('a chat goes both ways, and a customer who was offline gets every message once and in order', async () => {
  const {
    marketplace: { endpoint },
    send,
  } = world;
  const { openSupportTicket } = (await send('customer2', 'OpenSupportTicket', {
    input: { subject: 'A long queue', text: 'message 1', category: 'OTHER' },
  })) as { openSupportTicket: { ticket: { id: string } } };
  const ticketId = openSupportTicket.ticket.id;
  const say = (who: Who, text: string) =>
    send(who, 'SendSupportMessage', { input: { ticketId, text, idempotencyKey: randomUUID() } });
  const note = () => send('agent', 'AddInternalNote', { ticketId, text: 'He called.' });
  const input = async (who: Who, after: number) => {
    const credentials = { email: `${who}@marquee.test`, password: DEMO_PASSWORD };
    const { login } = (await send('anonymous', 'Login', { input: credentials })) as { login: { accessToken: string } };
    return { endpoint, accessToken: login.accessToken, ticketId, after };
  };
  const [agents, customers] = [followBySocket(await input('agent', 0)), followBySocket(await input('customer2', 0))];
  await Promise.all([until(agents, 'message 1'), until(customers, 'message 1')]);
  await say('agent', 'message 2');
  await until(customers, 'message 2');
  await say('customer2', 'message 3');
  await Promise.all([until(agents, 'message 3'), until(customers, 'message 3')]);
  customers.cut();
  await note();
  for (let number = 4; number <= 12; number += 1)
    await say(number % 3 === 0 ? 'customer2' : 'agent', `message ${number}`);
  await note();
  const again = await input('customer2', 3);
  // Some are sent while the client comes back, by either transport.
  const sent = Promise.all(['message 13', 'message 14', 'message 15'].map((text) => say('agent', text)));
  const back = [followBySocket(again), followByStream(again)];
  await sent;
  await say('agent', 'message 16');
  for (const following of [...back, agents]) await until(following, 'message 16');
  const texts = new Map(agents.heard.filter(({ internal }) => !internal).map(({ sequence, text }) => [sequence, text]));
  const numbers = Array.from({ length: 13 }, (_, index) => index + 4);
  for (const { heard } of back) {
    expect(heard).toEqual(numbers.map((sequence) => ({ sequence, text: texts.get(sequence), internal: false })));
  }
  expect(customers.heard.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  expect(agents.heard.some(({ internal }) => internal)).toBe(true);
  for (const following of [...back, agents]) following.cut();
});

test.each(ROWS)('%s: bad input and callers who may not are refused, who may is served', (name, row) =>
  expectAnswers(world, name, row),
);

/** A customer sends it here, about what is theirs. */
const BY_CUSTOMER = 'SendSupportMessage';

test('what was changed by those who may is in the audit log', async () => {
  const served = ROWS.filter(([name, { may }]) => name !== BY_CUSTOMER && may?.gives.endsWith('Payload'));
  await expectEntries(
    world.marketplace,
    served.map(([name]) => `${name[0]?.toLowerCase()}${name.slice(1)}`),
  );
});

test('every field that shows what is somebody else’s records the look, or says why it need not', async () => {
  const subgraphs = await Promise.all(subgraphNames().map(loadSubgraph));
  expect(subgraphs.flatMap((each) => unclassifiedReads(each.name, each.policies()))).toEqual([]);
});

test('every registered operation about people has a row', () => {
  const about = [...REGISTERED.values()].filter(({ name, file }) => FILES.has(file) || /Coupon|Campaign/.test(name));
  const names = about.map(({ name }) => name).filter((name) => !OF_ACTIVITY.has(name));
  expect(names.filter((name) => !ROWS.some(([known]) => known === name))).toEqual([]);
});

test('the table of all rows is as reviewed', async () => {
  await expect(tableOf(ROWS)).toMatchFileSnapshot('people.txt');
});
