import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { expect, test } from '../harness/fixtures.ts';
import { currentRun } from '../harness/run.ts';

const REFRESH = {
  query: `mutation ($refreshToken: String!) {
    refreshSession(refreshToken: $refreshToken) { __typename ... on AuthPayload { accessToken refreshToken } }
  }`,
  variables: { refreshToken: '' },
};

/** Ways in which a page of another site could send a request with the cookie. */
const FORGED: Readonly<Record<string, RequestInit>> = {
  'a request that needs no preflight': { method: 'POST', headers: { 'content-type': 'text/plain' } },
  'a form': { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
  JSON: { method: 'POST', headers: { 'content-type': 'application/json' } },
  'a sign-out': { method: 'DELETE' },
};

test.describe('a page of another origin', () => {
  let site: Server;

  test.beforeAll(async () => {
    site = createServer((_, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><title>Elsewhere</title>');
    });
    await new Promise<void>((resolve) => site.listen(0, 'localhost', resolve));
  });
  test.afterAll(() => site.close());

  for (const [what, init] of Object.entries(FORGED)) {
    // Another port is the same site, so the cookie goes with it: the gateway has to refuse by the origin.
    test(`uses nobody's session by ${what}`, async ({ signedIn, findings }) => {
      findings.expect(/CORS|\/session|Fetch API cannot load/);
      const { page, context } = await signedIn();
      const before = await context.cookies(`${currentRun().origin}/session`);
      await page.goto(`http://localhost:${(site.address() as AddressInfo).port}/`);
      const outcome = await page.evaluate(send, { url: `${currentRun().origin}/session`, init, body: REFRESH });
      expect(outcome).not.toContain('accessToken');
      expect(await context.cookies(`${currentRun().origin}/session`)).toEqual(before);
    });
  }

  test('is refused where its own would succeed', async ({ signedIn }) => {
    const { page } = await signedIn();
    await page.goto('/');
    const init = { method: 'POST', headers: { 'content-type': 'application/json' } };
    const outcome = await page.evaluate(send, { url: '/session', init, body: REFRESH });
    expect(outcome).toContain('"__typename":"AuthPayload"');
  });
});

test('no script can read the refresh token', async ({ signedIn }) => {
  const { page, context } = await signedIn();
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const [cookie] = await context.cookies(`${currentRun().origin}/session`);
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/session' });
  const readable = await page.evaluate(async (body) => {
    const answer = await fetch('/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const stores = [localStorage, sessionStorage].map((store) => JSON.stringify({ ...store }));
    return [await answer.text(), document.cookie, ...stores, ...(await indexedDB.databases()).map(String)].join('\n');
  }, REFRESH);
  const [renewed] = await context.cookies(`${currentRun().origin}/session`);
  expect(readable).toContain('AuthPayload');
  for (const token of [cookie?.value, renewed?.value]) expect(readable).not.toContain(token);
});

/** Sends a request from the page. @returns the answer, or why there is none */
function send({ url, init, body }: { url: string; init: RequestInit; body: object }): Promise<string> {
  const text = init.method === 'DELETE' ? {} : { body: JSON.stringify(body) };
  return fetch(url, { ...init, ...text, credentials: 'include' }).then(
    (response) => response.text(),
    (error: unknown) => String(error),
  );
}
