import type { Page } from '@playwright/test';

import { bookingShown, expectConfirmed, freeSeat, goToPayment, holdSeat, payBy } from '../harness/checkout.ts';
import { expect, test } from '../harness/fixtures.ts';
import type { Person } from '../harness/people.ts';
import { currentRun } from '../harness/run.ts';
import { CHOSEN, chooseSeat, expectSeat, holdChoice, openSeatMap } from '../harness/seat-map.ts';
import { bookingOf, bookingsOf, freshShow } from '../harness/shows.ts';

test.describe.configure({ timeout: 90_000 });

test('a card that succeeds buys the tickets', async ({ signedIn }, { parallelIndex }) => {
  const { page, person } = await signedIn();
  const { show } = await freshShow(parallelIndex);
  await holdSeat(page, show.id);
  const bookingId = await goToPayment(page);
  await payBy(page, 'tok_visa');
  await expectConfirmed(page);
  await expectPaidOnce(person, bookingId);
  await page.getByRole('link', { name: 'Show my tickets' }).click();
  await expect(page.getByRole('main')).toContainText(/Row \w+/);
});

test('a card without funds is declined, and another one pays', async ({ signedIn }, { parallelIndex }) => {
  const { page, person } = await signedIn();
  const { show } = await freshShow(parallelIndex);
  await holdSeat(page, show.id);
  const bookingId = await goToPayment(page);
  await payBy(page, 'tok_insufficient_funds');
  await expect(page.getByRole('alert').filter({ hasText: 'insufficient funds' })).toBeVisible();
  await payBy(page, 'tok_visa');
  await expectConfirmed(page);
  await expectPaidOnce(person, bookingId);
});

test('a card that the bank asks about leads there and back', async ({ signedIn }, { parallelIndex }) => {
  const { page, person } = await signedIn();
  const { show } = await freshShow(parallelIndex);
  await holdSeat(page, show.id);
  const bookingId = await goToPayment(page);
  const bank = page.waitForRequest((request) => !request.url().startsWith(currentRun().origin));
  await payBy(page, 'tok_requires_action');
  expect((await bank).isNavigationRequest()).toBe(true);
  await expectConfirmed(page);
  await expectPaidOnce(person, bookingId);
});

test('a card whose first answer is lost pays once', async ({ signedIn }, { parallelIndex }) => {
  const { page, person } = await signedIn();
  const { show } = await freshShow(parallelIndex);
  await holdSeat(page, show.id);
  const bookingId = await goToPayment(page);
  await payBy(page, 'tok_flaky');
  await expectConfirmed(page);
  await expectPaidOnce(person, bookingId);
});

test('a card that answers late says what will happen, also after a reload', async ({ signedIn }, { parallelIndex }) => {
  const { page, person } = await signedIn();
  const { show } = await freshShow(parallelIndex);
  await holdSeat(page, show.id);
  const bookingId = await goToPayment(page);
  await payBy(page, 'tok_late');
  const text = page.getByText('The bank has not answered yet.');
  await expect(text).toBeVisible();
  await page.reload();
  await expect(text).toBeVisible();
  expect((await bookingOf(person, bookingId)).payments).toHaveLength(1);
});

test('a reload at any step loses nothing and buys once', async ({ signedIn }, { parallelIndex }) => {
  const { page, person } = await signedIn();
  const { show } = await freshShow(parallelIndex);
  const seat = await freeSeat(show.id);
  await openSeatMap(page, show.id);
  await chooseSeat(page, seat);
  await page.reload();
  await expectSeat(page, seat, CHOSEN);

  await reloadWhileSending(page, 'HoldSeats', () => holdChoice(page));
  await reachCheckout(page);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Check your order' })).toBeVisible();

  await reloadWhileSending(page, 'BookHold', () => page.getByRole('button', { name: /^Go to payment/ }).click());
  await reachPayment(page);
  const bookingId = await bookingShown(page);
  await page.reload();
  await bookingShown(page);

  await reloadWhileSending(page, 'PayBooking', () => payBy(page, 'tok_visa'));
  await expectConfirmed(page);
  await page.reload();
  await expectConfirmed(page);
  await expectPaidOnce(person, bookingId);
  expect(await bookingsOf(person)).toHaveLength(1);
});

for (const next of ['goes on', 'is loaded again'] as const) {
  test(`a checkout whose booking was made without an answer ${next}, and the person pays once`, async ({
    signedIn,
    findings,
  }, { parallelIndex }) => {
    const { page, person } = await signedIn();
    findings.expect(/(BookHold|BookingOfHold): net::ERR_FAILED/);
    const { show } = await freshShow(parallelIndex);
    await holdSeat(page, show.id);
    await loseAnswers(page, 'BookHold', next === 'is loaded again' ? 'BookingOfHold' : undefined);
    await page.getByRole('button', { name: /^Go to payment/ }).click();
    if (next === 'is loaded again') {
      await expect(page.getByRole('alert').first()).toBeVisible();
      await page.unrouteAll();
      await page.reload();
    }
    const bookingId = await bookingShown(page);
    await payBy(page, 'tok_visa');
    await expectConfirmed(page);
    await expectPaidOnce(person, bookingId);
    expect(await bookingsOf(person)).toHaveLength(1);
  });
}

/** Lets the server do what it is asked, and drops its answers to these operations. */
async function loseAnswers(page: Page, ...operations: readonly (string | undefined)[]): Promise<void> {
  await page.route('**/graphql', async (route) => {
    const sent = route.request().postData() ?? '';
    const isLost = operations.some((name) => name !== undefined && sent.includes(`"operationName":"${name}"`));
    if (!isLost) return route.continue();
    await route.fetch();
    return route.abort();
  });
}

/** Loads the page again once the server has the operation, so that the answer is lost. */
async function reloadWhileSending(page: Page, operation: string, act: () => Promise<void>): Promise<void> {
  const sent = page.waitForRequest(
    (request) => request.postData()?.includes(`"operationName":"${operation}"`) === true,
  );
  await act();
  await sent;
  await page.reload();
}

/** Goes on from the plan as a person would, whether the seats are held already or not. */
async function reachCheckout(page: Page): Promise<void> {
  const hold = page.getByRole('button', { name: /^Hold \d/ });
  const pay = page.getByRole('main').getByRole('link', { name: /^Pay · / });
  const heading = page.getByRole('heading', { name: 'Check your order' });
  await expect(hold.or(pay).or(heading).first()).toBeVisible();
  if (await hold.isVisible()) await hold.click();
  else if (await pay.isVisible()) await pay.click();
  await expect(heading).toBeVisible();
}

async function reachPayment(page: Page): Promise<void> {
  const book = page.getByRole('button', { name: /^Go to payment/ });
  const heading = page.getByRole('heading', { name: 'Pay for your tickets' });
  await expect(book.or(heading).first()).toBeVisible();
  if (await book.isVisible()) await book.click();
  await expect(heading).toBeVisible();
}

async function expectPaidOnce(person: Person, bookingId: string): Promise<void> {
  const { status, payments } = await bookingOf(person, bookingId);
  expect(status).toBe('CONFIRMED');
  expect(payments.filter((payment) => payment.status === 'SUCCEEDED')).toHaveLength(1);
}
