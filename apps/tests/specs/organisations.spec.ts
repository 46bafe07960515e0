import { expect, test } from '../harness/fixtures.ts';
import { openHall } from '../harness/halls.ts';
import { linkTo } from '../harness/mail.ts';
import { foundOrganisation } from '../harness/organisations.ts';
import { register } from '../harness/people.ts';
import { buy } from '../harness/shows.ts';
import { employ } from '../harness/staff.ts';
import { rowsOf, visit } from '../harness/visit.ts';

test('an organisation is founded, a member is invited by mail, accepts, and gets another role', async ({
  signedIn,
  findings,
}) => {
  test.slow();
  findings.expect(/WebSocket/);
  const [founder, guest] = await Promise.all([employ('Femke', 'PARTNER'), register('Tariq')]);
  const { page } = await signedIn(founder);
  const name = await foundOrganisation(page);
  await page.getByLabel('Email').fill(guest.email);
  await page.getByRole('form', { name: 'Invite somebody' }).getByLabel('Role').selectOption('Scanner');
  await page.getByRole('button', { name: 'Send the invitation' }).click();
  await expect(rowsOf(page, 'Invitations')).toContainText([guest.email]);

  const { page: guestPage } = await signedIn(guest);
  await visit(guestPage, await linkTo('/verify-email', guest.email));
  await expect(guestPage.getByText(/is confirmed/)).toBeVisible();
  await visit(guestPage, await linkTo('/accept-invitation', guest.email));
  await guestPage.getByRole('button', { name: 'Accept' }).click();
  await expect(guestPage.getByText(name)).toBeVisible();
  await visit(guestPage, '/backoffice/');
  const menu = guestPage.getByRole('navigation', { name: 'Main menu' });
  await expect(menu.getByRole('link', { name: 'Door' })).toBeVisible();
  await expect(menu.getByRole('link', { name: 'Bookings' })).toHaveCount(0);

  await page.reload();
  await expect(rowsOf(page, 'Members')).toHaveCount(2);
  await expect(page.getByRole('heading', { name: 'Invitations' })).toHaveCount(0);
  await page.getByLabel('Role of Tariq').selectOption('Box office');
  await expect(page.getByLabel('Role of Tariq')).toHaveValue('BOX_OFFICE');
  await guestPage.reload();
  await expect(menu.getByRole('link', { name: 'Bookings' })).toBeVisible();
});

const NO_VENUES = /has no venues? yet/;

test('who switches the organisation sees nothing of the other one', async ({ signedIn }) => {
  test.slow();
  const owner = await employ('Wim', 'PARTNER');
  const { page } = await signedIn(owner);
  const first = await foundOrganisation(page);
  const { showId, venueName } = await openHall({ rows: 2, seatsPerRow: 4, hours: 2, by: owner });
  const second = await foundOrganisation(page);
  const main = page.getByRole('main');
  const organisation = page.getByLabel('Organisation', { exact: true });

  for (const path of ['schedule', 'sales', 'door', 'bookings', 'reviews', 'venues']) {
    await visit(page, `/backoffice/${path}`);
    await expect(main).toContainText(NO_VENUES);
  }
  await organisation.selectOption(first);
  await expect(main).toContainText(venueName);
  await page.getByRole('navigation', { name: 'Main menu' }).getByRole('link', { name: 'Door' }).click();
  await page.getByRole('link', { name: 'Scan tickets' }).click();
  await expect(page).toHaveURL(new RegExp(`/door/${showId}$`));

  await organisation.selectOption(second);
  await expect(page).toHaveURL(/\/door$/);
  await expect(main).toContainText(NO_VENUES);
  await expect(organisation.getByRole('option', { selected: true })).toHaveText(second);
  await expect(main).not.toContainText(venueName);
});

test('venues beyond the first page of the list can be chosen', async ({ signedIn }) => {
  test.slow();
  const owner = await employ('Ilse', 'PARTNER');
  const { page } = await signedIn(owner);
  await foundOrganisation(page);
  const hall = { rows: 1, seatsPerRow: 2, by: owner };
  const names = [(await openHall(hall)).venueName, (await openHall(hall)).venueName, (await openHall(hall)).venueName];
  // The server gives one venue at a time, as it gives a hundred to who has more.
  await page.route('**/graphql', async (route) => {
    const sent = route.request().postDataJSON() as { operationName?: string; variables: object } | null;
    if (sent?.operationName !== 'WorkVenues') return route.continue();
    return route.continue({ postData: { ...sent, variables: { ...sent.variables, first: 1 } } });
  });
  await visit(page, '/backoffice/bookings');
  const venue = page.getByLabel('Venue');
  for (const name of names) await expect(venue.getByRole('option', { name })).toHaveCount(1);
  const [last = ''] = names.toSorted().slice(-1);
  await venue.selectOption({ label: `${last}, Amsterdam` });
  await page.reload();
  await expect(venue.getByRole('option', { selected: true })).toHaveText(`${last}, Amsterdam`);
});

test('a booking opens by its address at whichever venue of the organisation it is', async ({ signedIn }) => {
  test.slow();
  const [owner, customer] = await Promise.all([employ('Joost', 'PARTNER'), register('Nadia')]);
  const { page } = await signedIn(owner);
  await foundOrganisation(page);
  const halls = [
    await openHall({ rows: 1, seatsPerRow: 2, by: owner }),
    await openHall({ rows: 1, seatsPerRow: 2, by: owner }),
  ];
  const bookings = [];
  for (const { showId } of halls) bookings.push(await buy(customer, showId, 1));
  const main = page.getByRole('main');
  for (const [index, { id }] of bookings.entries()) {
    await visit(page, `/backoffice/bookings/${id}`);
    await expect(main).toContainText(`${halls[index]?.venueName}, Hall 1`);
  }
  await foundOrganisation(page);
  await visit(page, `/backoffice/bookings/${bookings[0]?.id}`);
  await expect(main).toContainText(/There is no such booking/);
});
