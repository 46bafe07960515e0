import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO_PASSWORD } from '../src/demo/purchase.ts';
import { openBrowser, runsInBrowser } from '@marquee/testkit/browser';
import { type Marketplace, openMarketplace } from './marketplace.ts';

describe.runIf(runsInBrowser('the explorer'))('the explorer in a browser', () => {
  let marketplace: Marketplace;
  let browser: Browser;
  let context: BrowserContext;
  /** Whatever a page should not do: errors, and requests to other origins. */
  const problems: string[] = [];

  beforeAll(async () => {
    browser = await openBrowser();
    marketplace = await openMarketplace();
    context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
    context.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    context.on('weberror', (error) => problems.push(String(error.error())));
    context.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (protocol.startsWith('http') && origin !== new URL(marketplace.endpoint).origin) problems.push(request.url());
    });
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await marketplace?.stop();
  });

  async function openExplorer(): Promise<Page> {
    const page = await context.newPage();
    await page.goto(marketplace.endpoint);
    await page.getByRole('tab', { name: 'Browse' }).waitFor();
    return page;
  }

  async function run(page: Page, tab: string): Promise<void> {
    // The tabs move while their layout settles, so a click by position might miss.
    await page.locator(`button[title=${tab}]`).dispatchEvent('click');
    await page.locator('.graphiql-tab-active', { hasText: tab }).waitFor();
    await page.getByRole('button', { name: 'Execute query' }).click();
  }

  async function signIn(page: Page, account: string): Promise<void> {
    await page.getByRole('button', { name: account, exact: true }).click();
    await page.locator('[aria-pressed=true]', { hasText: account }).waitFor();
  }

  const answer = (page: Page) => page.locator('.graphiql-response');

  test('the examples run as they are, and a hold is pushed to another window', { timeout: 90_000 }, async () => {
    const customer = await openExplorer();
    await run(customer, 'Browse');
    await answer(customer).getByText('The Long Take').waitFor();
    const viewer = await openExplorer();
    await run(viewer, 'WatchSeats');
    await run(customer, 'HoldSeats');
    await answer(customer).getByText('Sign in to access this field.').waitFor();
    await signIn(customer, 'customer');
    await run(customer, 'HoldSeats');
    await answer(customer).getByText('HoldSeatsPayload').waitFor();
    await answer(viewer).getByText('HELD').first().waitFor();
    expect(problems).toEqual([]);
  });

  test(
    'a reload keeps tabs and sign-in, and no secret is kept longer or in the address',
    { timeout: 60_000 },
    async () => {
      const page = await openExplorer();
      await signIn(page, 'partner');
      await run(page, 'Me');
      await answer(page).getByText('Pat Partner').waitFor();
      // The page's content security policy does not let it wait for an expression by itself.
      const tabs = () => page.evaluate("sessionStorage.getItem('graphiql:tabState')");
      await expect.poll(tabs, { timeout: 15_000 }).toContain('"activeTabIndex":3');
      await page.reload();
      await page.locator('.graphiql-tab-active', { hasText: 'Me' }).waitFor();
      expect(await page.getByRole('tab').count()).toBe(4);
      await run(page, 'Me');
      await answer(page).getByText('Pat Partner').waitFor();
      expect(page.url()).toBe(marketplace.endpoint);
      expect(await page.evaluate('JSON.stringify(localStorage)')).toBe('{}');
      expect(await page.evaluate('JSON.stringify(sessionStorage)')).not.toContain(DEMO_PASSWORD);
      await signIn(page, 'nobody');
      expect(await page.evaluate('JSON.stringify(sessionStorage)')).not.toContain('eyJ');
    },
  );

  test('the documentation shows which fields need sign-in', { timeout: 60_000 }, async () => {
    const page = await openExplorer();
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.locator('.graphiql-doc-explorer').getByText('Mutation').last().click();
    await page.locator('.graphiql-doc-explorer').getByText('Needs sign-in').first().waitFor();
    expect(problems).toEqual([]);
  });
});
