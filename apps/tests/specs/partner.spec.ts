import { expectConfirmed, goToPayment, holdSeat, payBy } from '../harness/checkout.ts';
import { sign, typeCode } from '../harness/door.ts';
import { expect, test } from '../harness/fixtures.ts';
import { foundOrganisation } from '../harness/organisations.ts';
import { register } from '../harness/people.ts';
import { bookingOf } from '../harness/shows.ts';
import { employ } from '../harness/staff.ts';

test('a partner opens a venue, sells a seat of its first show, admits who bought it, and reads the report', async ({
  signedIn,
}) => {
  test.setTimeout(240_000);
  const { page } = await signedIn(await employ('Vera', 'PARTNER'));
  const name = await test.step('founds an organisation', () => foundOrganisation(page));
  const menu = page.getByRole('navigation', { name: 'Main menu' });
  await test.step('opens a venue with seats and a standing area', async () => {
    await menu.getByRole('link', { name: 'Venues' }).click();
    await page.getByRole('link', { name: 'Add a venue' }).first().click();
    await page.getByLabel('Find a city').fill('Amster');
    await page.getByLabel('City', { exact: true }).selectOption({ label: 'Amsterdam, Netherlands' });
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByLabel('Address').fill('Havenstraat 1');
    await page.getByRole('button', { name: 'Add rows' }).click();
    await page.getByRole('button', { name: 'Add a standing area' }).click();
    await page.getByLabel('Standing places').fill('50');
    await page.getByRole('button', { name: 'Create venue' }).click();
    await expect(page.getByText(`${name} is open.`)).toBeVisible();
  });

  await test.step('adds a title', async () => {
    await menu.getByRole('link', { name: 'Titles' }).click();
    await page.getByRole('link', { name: 'Add a title' }).first().click();
    await page.getByRole('radio', { name: 'Live event' }).check({ force: true });
    await page.getByLabel('Name', { exact: true }).fill(`Night of ${name}`);
    await page.getByLabel('Description').fill('An opening night.');
    await page.getByLabel('Languages').fill('English');
    await page.getByLabel('Genres').fill('Music');
    await page.getByLabel('Minutes, intervals included').fill('45');
    await page.getByRole('button', { name: 'Create title' }).click();
    await expect(page.getByText(`Night of ${name} is created.`)).toBeVisible();
  });

  await test.step('schedules a show', async () => {
    await menu.getByRole('link', { name: 'Schedule' }).click();
    await page.getByRole('link', { name: 'Schedule shows' }).first().click();
    await page.getByLabel('Find a title').fill(`Night of ${name}`);
    await page.getByLabel('Title', { exact: true }).selectOption({ label: `Night of ${name} · 45 minutes` });
    await page.getByLabel('Start times').fill(inMinutes(30));
    await page.getByLabel('Standard (EUR)').fill('20.00');
    await page.getByRole('textbox', { name: 'Language' }).fill('English');
    await page.getByLabel('Format').fill('Live');
    await page.getByRole('button', { name: 'Schedule 1 show' }).click();
    await expect(page.getByText('1 show is scheduled.')).toBeVisible();
    await page.getByRole('link', { name: new RegExp(`Night of ${name}`) }).click();
    await expect(page.getByText('On sale')).toBeVisible();
  });

  const showId = /\/shows\/([^/?]+)/.exec(page.url())?.[1] ?? '';
  await menu.getByRole('link', { name: 'Live sales' }).click();
  await expect(page.getByText('Nothing has changed since this page was opened.')).toBeVisible();

  const customer = await register('Piet');
  const bookingId = await test.step('a customer buys a seat', async () => {
    const { page: shop } = await signedIn(customer);
    await holdSeat(shop, showId);
    const id = await goToPayment(shop);
    await payBy(shop, 'tok_visa');
    await expectConfirmed(shop);
    return id;
  });
  await expect(page.getByText('+1 ticket')).toBeVisible({ timeout: 20_000 });

  await test.step('admits the customer', async () => {
    const [ticket] = (await bookingOf(customer, bookingId)).tickets;
    await menu.getByRole('link', { name: 'Door' }).click();
    await page.getByRole('link', { name: 'Scan tickets' }).click();
    await expect(page.getByText(/^.*List of 1 ticket,/)).toBeVisible();
    await typeCode(page, ticket?.qrCode ?? '');
    await expect(sign(page)).toContainText('Admit');
  });

  await test.step('reads the report', async () => {
    await menu.getByRole('link', { name: 'Reports' }).click();
    await page.getByLabel('By', { exact: true }).selectOption('Title');
    await page.getByText('Show as a table').click();
    await expect(page.getByRole('row', { name: `Night of ${name}` })).toContainText(/€2\d\.\d\d/);
  });
});

/** A time of the clocks in Amsterdam. */
function inMinutes(minutes: number): string {
  return new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'Europe/Amsterdam' }).format(
    Date.now() + minutes * 60_000,
  );
}
