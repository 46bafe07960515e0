import { randomUUID } from 'node:crypto';

import { expectConfirmed, freeSeat, goToPayment, holdSeat, payBy } from '../harness/checkout.ts';
import { expect, test } from '../harness/fixtures.ts';
import { graph } from '../harness/graph.ts';
import { accountLink, register, signInBy } from '../harness/people.ts';
import { chooseSeat, CHOSEN, expectSeat, openSeatMap } from '../harness/seat-map.ts';
import { bookingOf, freshShow } from '../harness/shows.ts';

test.describe.configure({ timeout: 90_000 });

test('an access token that ends in mid-purchase is renewed, and nobody notices', async ({
  signedIn,
  findings,
}, info) => {
  findings.expect(/\/graphql.*: 401/);
  const { page, person } = await signedIn();
  const { show } = await freshShow(info.parallelIndex);
  await holdSeat(page, show.id);
  const bookingId = await goToPayment(page);
  let refused = 0;
  await page.route('**/graphql', async (route) => {
    const headers = { ...route.request().headers(), authorization: 'Bearer of.another.time' };
    const isPaying = route.request().postData()?.includes('PayBooking') === true && refused++ === 0;
    await route.continue(isPaying ? { headers } : {});
  });
  await payBy(page, 'tok_visa');
  await expectConfirmed(page);
  expect(refused).toBe(2);
  expect((await bookingOf(person, bookingId)).payments).toHaveLength(1);
});

test('whose session was ended elsewhere signs in again, and goes on to pay', async ({ signedIn, findings }, info) => {
  findings.expect(/: 401|WebSocket|4403/);
  const { page, person } = await signedIn();
  const { show } = await freshShow(info.parallelIndex);
  await holdSeat(page, show.id);
  await goToPayment(page);
  await graph('mutation { logoutEverywhere { __typename } }', {}, person.accessToken);
  const signIn = page.getByRole('link', { name: 'Sign in to go on' });
  const pressed = page.getByRole('button', { name: /^Pay / }).click();
  // The page's socket may hear of it before the person has pressed.
  await Promise.race([pressed.catch(() => undefined), signIn.waitFor()]);
  // Nor is it pressed once they are back.
  await pressed.catch(() => undefined);
  await signIn.click();
  await signInBy(page, person);
  await expect(page.getByRole('heading', { name: 'Pay for your tickets' })).toBeVisible();
  await payBy(page, 'tok_visa');
  await expectConfirmed(page);
});

test('whoever chooses seats first signs in then, with the choice kept', async ({ page }, info) => {
  const { show } = await freshShow(info.parallelIndex);
  const seat = await freeSeat(show.id);
  await openSeatMap(page, show.id);
  await chooseSeat(page, seat);
  await page.getByRole('button', { name: 'Sign in to hold seats' }).click();
  await signInBy(page, await register());
  await expectSeat(page, seat, CHOSEN);
});

test('signing out in one tab signs the other one out', async ({ signedIn }) => {
  const { context, page } = await signedIn();
  const other = await context.newPage();
  await Promise.all([page.goto('/account'), other.goto('/account')]);
  await expect(accountLink(other)).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).first().click();
  await expect(
    other.getByRole('navigation', { name: 'Main menu' }).getByRole('link', { name: 'Sign in' }),
  ).toBeVisible();
});

test('a person registers, and is signed in', async ({ page }) => {
  await page.goto('/register');
  await page.getByLabel('Email').fill(`new-${randomUUID()}@example.test`);
  await page.getByLabel('Name').fill('Sam');
  await page.getByRole('textbox', { name: 'Password' }).fill('a long enough password');
  await page.getByRole('button', { name: /Create|Register|Sign up/ }).click();
  await expect(accountLink(page)).toBeVisible();
});
