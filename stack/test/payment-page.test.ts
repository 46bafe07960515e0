import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSandboxProvider, type SandboxProvider } from '@marquee/sandbox-provider';
import { openLog } from '@marquee/telemetry';
import { testDatabase } from '@marquee/testkit';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openBrowser, runsInBrowser } from '@marquee/testkit/browser';

const API_KEY = 'sk_test_of_the_payment_page';

describe.runIf(runsInBrowser('the payment page'))('the page of a payment in a browser', () => {
  let sandbox: SandboxProvider;
  let browser: Browser;
  const shop = createServer((_request, response) => response.end('<h1>The shop</h1>'));

  beforeAll(async () => {
    browser = await openBrowser();
    await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
    sandbox = buildSandboxProvider({
      databaseUrl: (await testDatabase('sandbox-provider')).url,
      apiKey: API_KEY,
      webhook: { url: 'http://127.0.0.1:9/nobody', secret: 'whsec_of_the_payment_page' },
      log: openLog({ service: 'sandbox-provider', level: 'silent' }),
    });
    await sandbox.listen();
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await sandbox?.stop();
    shop.close();
  });

  const send = async (method: string, path: string, body?: object) => {
    const headers = { authorization: `Bearer ${API_KEY}`, 'idempotency-key': crypto.randomUUID() };
    const sent = body && { body: JSON.stringify(body), headers: { ...headers, 'content-type': 'application/json' } };
    const response = await fetch(`${sandbox.url}${path}`, { method, headers, ...sent });
    return (await response.json()) as { id: string; status: string; actionUrl: string };
  };

  test.each([
    ['succeeded', '', undefined],
    ['failed', '?answer=decline', undefined],
    ['canceled', '?answer=cancel', undefined],
    ['canceled', '', 'cancel'],
  ])('a charge that %s leads back to the shop (%s, %s before)', async (status, answer, before) => {
    const returnUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/paid?payment=pay_1`;
    const card = { source: 'tok_requires_action', amount: 1_250, currency: 'EUR', reference: 'pay_1', returnUrl };
    const charge = await send('POST', '/v1/charges', card);
    if (before) await send('POST', `/v1/charges/${charge.id}/${before}`);
    const page = await browser.newPage();
    await page.goto(`${charge.actionUrl}${answer}`);
    await page.getByRole('heading', { name: 'The shop' }).waitFor();
    expect(page.url()).toBe(returnUrl);
    expect((await send('GET', `/v1/charges/${charge.id}`)).status).toBe(status);
    await page.close();
  });
});
