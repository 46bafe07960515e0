import type { Locator, Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';

import { expectConfirmed, goToPayment, payBy } from '../harness/checkout.ts';
import { expect, test } from '../harness/fixtures.ts';
import { accountLink } from '../harness/people.ts';
import { currentRun } from '../harness/run.ts';
import { holdChoice } from '../harness/seat-map.ts';

/** Patience for events of other services, on a machine that runs all of them and two browsers. */
const ARRIVES = { timeout: 30_000 };
const CITY = 'Amsterdam';

test('a newcomer finds a film, buys, is told, cancels, and asks support, led by the pages alone', async ({
  page,
  signedIn,
}) => {
  test.setTimeout(240_000);
  const email = `newcomer-${randomUUID()}@example.test`;
  await page.goto('/');
  await chooseCity(page);
  await chooseFilm(page);
  await chooseSeats(page, 2);
  await page.getByRole('button', { name: 'Sign in to hold seats' }).click();
  await signUp(page, email);

  await expect(choice(page).getByRole('listitem')).toHaveCount(2);
  await holdChoice(page);
  await goToPayment(page);
  await payBy(page, 'tok_visa');
  await expectConfirmed(page);

  await expect(page.getByRole('log', { name: 'News' })).toContainText(/^Booked: /, ARRIVES);
  await expect(page.getByRole('link', { name: 'Notifications, 1 unread' })).toBeVisible();
  await readMail(await page.context().newPage(), email);

  await page.getByRole('link', { name: 'Show my tickets' }).click();
  await expect(page.getByRole('img', { name: /^Ticket code of Row/ })).toHaveCount(2, ARRIVES);
  await cancel(page);

  const subject = `How long does it take? ${randomUUID().slice(0, 8)}`;
  const agent = await signedIn('agent');
  await agent.page.goto('/backoffice/desk');
  await expect(agent.page.getByRole('heading', { name: 'Support desk' })).toBeVisible();
  await page.getByRole('link', { name: 'Contact support' }).click();
  await askSupport(page, subject);
  await agent.page.getByRole('link', { name: subject }).click(ARRIVES);
  await talk(page, agent.page);
});

test('a demo account signs in by one press in mid-purchase, with the choice kept', async ({ page }) => {
  await page.goto('/');
  await chooseFilm(page);
  await chooseSeats(page, 1);
  await page.getByRole('button', { name: 'Sign in to hold seats' }).click();
  await page.getByRole('button', { name: /^customer2@marquee.test/ }).click();
  await expect(accountLink(page)).toBeVisible();
  await expect(page.getByRole('button', { name: /^Hold 1 seat / })).toBeVisible();
});

async function chooseCity(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^City: / }).click();
  const dialog = page.getByRole('dialog', { name: 'Choose a city' });
  await dialog.getByLabel('Search for a city').fill(CITY.slice(0, 4));
  await dialog.getByRole('button', { name: CITY }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(CITY);
}

/** Goes to the seats of a film's first show of another day. */
async function chooseFilm(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Main menu' }).getByRole('link', { name: 'Now showing' }).click();
  await page.getByRole('link', { name: 'Films', exact: true }).click();
  await page
    .getByRole('main')
    .getByRole('listitem')
    .getByRole('link')
    .filter({ has: page.getByRole('img') })
    .first()
    .click();
  const days = page.getByRole('navigation', { name: 'Days' }).getByRole('link');
  await days.nth(3).click();
  await expect(days.nth(3)).toHaveAttribute('aria-current', 'date');
  await page
    .getByRole('link', { name: /from .*\d/ })
    .first()
    .click();
  await expect(page.getByRole('grid', { name: 'Seat plan' })).toBeVisible();
}

const choice = (page: Page): Locator => page.getByRole('region', { name: 'Your seats' });

async function chooseSeats(page: Page, count: number): Promise<void> {
  for (let chosen = 1; chosen <= count; chosen++) {
    await page
      .getByRole('gridcell', { name: /, free$/ })
      .nth(30)
      .click({ force: true });
    await expect(choice(page).getByRole('listitem')).toHaveCount(chosen);
  }
}

async function signUp(page: Page, email: string): Promise<void> {
  await page.getByRole('link', { name: 'Create an account' }).click();
  await expect(page.getByRole('heading', { name: 'Create an account' })).toBeVisible();
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Name').fill('Noor');
  await page.getByRole('textbox', { name: 'Password' }).fill('a long enough password');
  await page.getByRole('button', { name: 'Create the account' }).click();
  await page.getByRole('link', { name: 'Continue' }).click();
}

/** Finds the confirmation in the inbox, and follows its link. */
async function readMail(inbox: Page, email: string): Promise<void> {
  await expect(async () => {
    await inbox.goto(`${currentRun().mailUrl}/?to=${encodeURIComponent(email)}`);
    await expect(inbox.getByRole('link', { name: /^Booked: / })).toBeVisible({ timeout: 1_000 });
  }).toPass(ARRIVES);
  await inbox.getByRole('link', { name: /^Booked: / }).click();
  await inbox
    .getByRole('link', { name: /\/bookings\// })
    .first()
    .click();
  await expect(inbox.getByRole('img', { name: /^Ticket code of Row/ })).toHaveCount(2, ARRIVES);
  await inbox.close();
}

/** Cancels what the quote gives all back for, and sees the money come back. */
async function cancel(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Cancel tickets' }).click();
  const quote = page.getByRole('region', { name: 'What you get back' });
  const refund = /Refund\s*([^\d]*[\d.,]+[^\d]*?)Kept/.exec((await quote.textContent()) ?? '')?.[1]?.trim() ?? '';
  expect(refund).toMatch(/[1-9]/);
  await page.getByRole('button', { name: `Cancel 2 tickets and get ${refund} back` }).click();
  await expect(page.getByText(`2 tickets are cancelled. ${refund} is on its way.`)).toBeVisible();
  await page.getByRole('link', { name: 'To the booking', exact: true }).click();
  const payments = page.getByRole('region', { name: 'Payments' });
  await expect(payments).toContainText(new RegExp(`Refund .*Done.*${refund.replaceAll(/[.$]/g, '\\$&')}`), ARRIVES);
}

async function askSupport(page: Page, subject: string): Promise<void> {
  await expect(page.getByRole('radio', { name: 'A booking or its tickets' })).toBeChecked();
  await expect(page.getByLabel('Booking', { exact: true })).not.toHaveValue('');
  await page.getByLabel('Subject').fill(subject);
  await page.getByLabel('Your question').fill('I have cancelled. When is the money back?');
  await page.getByRole('button', { name: 'Send the question' }).click();
  await expect(conversation(page)).toContainText('When is the money back?');
}

const conversation = (page: Page): Locator => page.getByRole('log', { name: 'Conversation' });

/** Both write, and each reads the other without a reload. */
async function talk(customer: Page, agent: Page): Promise<void> {
  await expect(agent.getByRole('region', { name: 'Conversation' })).toContainText('When is the money back?');
  await agent.getByLabel('Answer').fill('It is on its way to your card.');
  await agent.getByRole('button', { name: 'Answer, and wait for the customer' }).click();
  await expect(agent.getByLabel('Status')).toHaveValue('PENDING', ARRIVES);
  await expect(conversation(customer)).toContainText('It is on its way to your card.', ARRIVES);
  await customer.getByLabel('Message').fill('Thank you!');
  await customer.getByRole('button', { name: 'Send' }).click();
  await expect(agent.getByRole('region', { name: 'Conversation' })).toContainText('Thank you!', ARRIVES);
}
