import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { DEMO_PASSWORD } from '../../src/demo/purchase.ts';
import { loadSubgraph, subgraphNames } from '../../src/subgraphs.ts';
import { expectEntries } from '../audit-log/expect-entries.ts';
import { unclassifiedReads } from '../audit-log/reads.ts';
import { ACCOUNTS, GOODBYE } from './accounts.ts';
import { ADMINISTRATION, MODERATION } from './administration.ts';
import { followBySocket, followByStream, until } from './chat.ts';
import { COUPONS } from './coupons.ts';
import { ENGAGEMENT } from './engagement.ts';
import { INVITING, ORGANISATIONS } from './organisations.ts';
import { type Attempt, type Row, variablesOf } from './row.ts';
import { SUPPORT } from './support.ts';
import {
  openWorld,
  outcomeOf,
  REGISTERED,
  type Registered,
  registered,
  type Variables,
  type Who,
  type World,
} from './world.ts';

/** In the order in which they are sent: the guest of accounts is invited before they register. */
const ROWS = Object.entries({
  ...{ ...ENGAGEMENT, ...COUPONS, ...SUPPORT, ...MODERATION },
  ...{ ...INVITING, ...ACCOUNTS, ...ORGANISATIONS, ...ADMINISTRATION, ...GOODBYE },
});
/** Operations about people are those of these files, and those about coupons; activity has tests of its own. */
const FILES: ReadonlySet<string> = new Set(['storefront/accounts', 'storefront/engagement', 'backoffice/people']);
const OF_ACTIVITY: ReadonlySet<string> = new Set(['TrackEvents', 'MyHistory']);

let world: World;

beforeAll(async () => {
  world = await openWorld();
}, 60_000);
afterAll(() => world?.marketplace.stop());

/** Sends an operation as somebody. @returns what the answer is, and its data */
async function attempt(name: string, row: Row, { as, ...rest }: Attempt): Promise<[string, object]> {
  const operation = registered(name);
  const variables = await variablesOf(row, { as, ...rest }, world);
  if (operation.isSubscription) return [await follow(operation, row, as, variables), {}];
  const answer = world.send(as, name, variables);
  return [await outcomeOf(answer), await answer.catch(() => ({}))];
}

/** Events that are brought about before one must have arrived: the first may come before the subscription is live. */
const CAUSES = 10;

/** Waits for an event of a subscription, which its row brings about for who may follow it. */
async function follow(operation: Registered, row: Row, as: Who, variables: Variables): Promise<string> {
  const stream = world.client(as).subscribe(operation, variables);
  const arrived = (timeoutMs?: number): Promise<boolean> =>
    stream
      .next('an event', () => true, timeoutMs)
      .then(
        () => true,
        () => false,
      );
  if (as !== row.may?.as) return (await arrived()) ? 'OK' : 'refused';
  for (let caused = 0; caused < CAUSES; caused += 1) {
    await row.cause?.(world);
    if (await arrived(1_000)) return 'OK';
  }
  return 'refused';
}

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

test.each(ROWS)('%s: bad input and callers who may not are refused, who may is served', async (name, row) => {
  const attempts = [row.bad, row.mayNot, row.may].filter((each) => each !== null);
  const outcomes: string[] = [];
  let served: object = {};
  for (const each of attempts) {
    const [outcome, data] = await attempt(name, row, each);
    outcomes.push(outcome);
    served = data;
  }
  expect(outcomes).toEqual(attempts.map(({ gives }) => gives));
  await row.keep?.(served as never, world);
});

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
  const about = [...REGISTERED.values()].filter(({ name, file }) => FILES.has(file) || name.includes('Coupon'));
  const names = about.map(({ name }) => name).filter((name) => !OF_ACTIVITY.has(name));
  expect(names.filter((name) => !ROWS.some(([known]) => known === name))).toEqual([]);
});

test('the table of all rows is as reviewed', async () => {
  const cell = (attempted: Attempt | null, otherwise: string) =>
    attempted ? `${attempted.as}: ${attempted.gives}` : otherwise;
  const lines = ROWS.map(([name, { may, mayNot, bad }]) => [
    name,
    cell(may, 'a test of its own'),
    cell(mayNot, 'everybody may'),
    cell(bad, 'no input'),
  ]);
  const table = [['operation', 'may', 'may not', 'bad input'], ...lines];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((line) => line[column]?.length ?? 0)) + 2);
  const text = table.map((line) =>
    line
      .map((value, column) => value.padEnd(widths[column] ?? 0))
      .join('')
      .trimEnd(),
  );
  await expect(`${text.join('\n')}\n`).toMatchFileSnapshot('people.txt');
});
