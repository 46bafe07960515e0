import { expect, test } from '../harness/fixtures.ts';
import { visit } from '../harness/visit.ts';

test('who signs in again after a lost answer tops up once', async ({ signedIn, findings }) => {
  findings.expect(/TopUpWallet|Failed to fetch|ERR_FAILED/);
  const { page } = await signedIn();
  await visit(page, '/wallet');
  const steps = ['lost', 'refused', 'refused', 'answered'];
  const keys = new Set<unknown>();
  await page.route('**/graphql', async (route) => {
    const body = (route.request().postDataJSON() ?? {}) as {
      readonly operationName?: string;
      readonly variables?: { readonly input?: { readonly idempotencyKey?: unknown } };
    };
    if (body.operationName !== 'TopUpWallet') return route.continue();
    keys.add(body.variables?.input?.idempotencyKey);
    const step = steps.shift();
    if (step === 'answered') return route.continue();
    const errors = [{ message: 'Sign in to do this.', extensions: { code: 'UNAUTHENTICATED' } }];
    if (step === 'refused') return route.fulfill({ json: { data: null, errors } });
    await route.fetch();
    return route.abort('failed');
  });
  const topUp = page.getByRole('button', { name: /^Top up / });
  await topUp.click();
  await expect(page.getByText('The server cannot be reached.')).toBeVisible();
  await topUp.click();
  await expect(page.getByText('Sign in to go on.')).toBeVisible();
  await topUp.click();
  await expect(page.getByText(/was paid\.$/)).toBeVisible();
  expect(keys.size).toBe(1);
  await page.reload();
  await expect(page.getByText('Topped up')).toHaveCount(1);
});
