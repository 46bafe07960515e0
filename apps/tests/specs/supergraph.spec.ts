import { registeredOperations } from '@marquee/stack/client';
import type { Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';

import { expect, test } from '../harness/fixtures.ts';
import { openHall } from '../harness/halls.ts';
import { demoAccount, type Person, register } from '../harness/people.ts';
import { currentRun } from '../harness/run.ts';
import { expectSeat, HELD, openSeatMap } from '../harness/seat-map.ts';
import { clientOf, freeSeats, hold } from '../harness/shows.ts';
import { visit } from '../harness/visit.ts';

// Both replace the one file that the gateway follows.
test.describe.configure({ mode: 'default' });

test('an open seat map goes on when the gateway takes a new supergraph', async ({ anonymous }) => {
  const { showId } = await openHall({ rows: 5, seatsPerRow: 10 });
  const page = await anonymous();
  await openSeatMap(page, showId);

  const mark = `In a new supergraph of ${new Date().toISOString()}`;
  await publish(mark, (supergraph) => supergraph.replace(/"""[^"]*"""(\s+seatMap: SeatMap)/, `"""${mark}"""$1`));

  const [seat] = await freeSeats(showId, 1);
  if (!seat) throw new Error('The hall is full.');
  await hold(await register(), showId, [seat]);
  await expectSeat(page, seat, HELD);
  await page.reload();
  await expectSeat(page, seat, HELD);
});

test('a conversation whose subscription a new supergraph ends goes on by itself', async ({ signedIn }) => {
  test.slow();
  const { page, person } = await signedIn();
  const ticketId = await ask(person);
  const ends = reloadsOf(page);
  const isFollowed = page.waitForEvent('websocket');
  await visit(page, `/support/${ticketId}`);
  await isFollowed;
  await page.evaluate(() => void Object.assign(window, { isSamePage: true }));
  const conversation = page.getByRole('log', { name: 'Conversation' });
  await answer(ticketId, 'Before the new supergraph.');
  await expect(conversation).toContainText('Before the new supergraph.');

  // The conversation alone reads ratings: from now on they promise a comment, or do not any more.
  const mark = `Of a supergraph of ${new Date().toISOString()}`;
  await publish(mark, (supergraph) =>
    supergraph.replace(
      /"""[^"]*"""(\s+comment: String)(!?)(\s+\}\s+"""The ratings of a period)/,
      (_, field: string, promise: string, rest: string) => `"""${mark}"""${field}${promise === '' ? '!' : ''}${rest}`,
    ),
  );
  await expect.poll(ends, { timeout: 30_000 }).toBe(1);
  await answer(ticketId, 'While nobody followed.');
  await expect(conversation).toContainText('While nobody followed.', { timeout: 30_000 });
  await answer(ticketId, 'Live again.');
  await expect(conversation).toContainText('Live again.');
  expect(await page.evaluate(() => 'isSamePage' in window), 'the page was not loaded again').toBe(true);
});

/** Replaces the supergraph, and waits until the gateway serves it. @param mark a text of the new one */
async function publish(mark: string, change: (supergraph: string) => string): Promise<void> {
  const { origin, supergraphFile } = currentRun();
  replaceFile(supergraphFile, change(readFileSync(supergraphFile, 'utf8')));
  const isServed = async (): Promise<boolean> =>
    (await (await fetch(`${origin}/schema.graphql`)).text()).includes(mark);
  await expect.poll(isServed, { timeout: 30_000 }).toBe(true);
}

/** Replaces a file at once, as a deployment does, so that nobody reads a half of it. */
function replaceFile(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

/** The number of subscriptions of a page that a new supergraph has ended. */
function reloadsOf(page: Page): () => number {
  let count = 0;
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      if (payload.includes('SUBSCRIPTION_SCHEMA_RELOAD')) count++;
    }),
  );
  return () => count;
}

const OpenSupportTicket = registeredOperations('storefront')<
  { openSupportTicket: { ticket: { id: string } } },
  { input: object }
>('OpenSupportTicket');
const AnswerTicket = registeredOperations('backoffice')<unknown, { input: object }>('AnswerTicket');

async function ask(person: Person): Promise<string> {
  const input = { subject: 'My ticket', text: 'Where is it?', category: 'OTHER' };
  const { openSupportTicket } = await clientOf(person).request(OpenSupportTicket, { input });
  return openSupportTicket.ticket.id;
}

async function answer(ticketId: string, text: string): Promise<void> {
  const agent = clientOf(await demoAccount('agent'));
  await agent.request(AnswerTicket, { input: { ticketId, text, idempotencyKey: randomUUID() } });
}
