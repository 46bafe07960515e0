import { registeredOperations } from '@marquee/stack/client';
import { randomUUID } from 'node:crypto';

import { expect, test } from '../harness/fixtures.ts';
import { type Person, register } from '../harness/people.ts';
import { clientOf, freeSeats, freshShow, hold } from '../harness/shows.ts';
import { employ } from '../harness/staff.ts';
import { visit } from '../harness/visit.ts';

const CARDS = 5;
const storefront = registeredOperations('storefront');
const TopUpWallet = storefront<object, { input: object }>('TopUpWallet');

test('who tries many cards becomes a case, is blocked by an administrator, and buys nothing until cleared', async ({
  signedIn,
}, info) => {
  test.slow();
  const [administrator, tester] = await Promise.all([employ('Ada', 'ADMIN'), register(`Mallory-${randomUUID()}`)]);
  const { page } = await signedIn(administrator);
  await visit(page, '/backoffice/risk');
  await tryCards(tester);

  const riskCase = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: tester.name }) });
  await expect(riskCase).toContainText('Tried many cards within a day.', { timeout: 30_000 });
  await riskCase.getByLabel('Note').fill('Five stolen cards in a minute.');
  await riskCase.getByRole('button', { name: 'Block' }).click();
  await expect(riskCase).toHaveCount(0);

  const { show } = await freshShow(info.parallelIndex);
  const seats = await freeSeats(show.id, 1);
  await expect(hold(tester, show.id, seats)).rejects.toThrow('AccountRestrictedError');

  await page.getByRole('combobox', { name: 'Show' }).selectOption('BLOCKED');
  await expect(riskCase).toContainText('Blocked');
  await riskCase.getByRole('button', { name: 'Clear' }).click();
  await expect(riskCase).toHaveCount(0);
  await expect(async () => void (await hold(tester, show.id, seats))).toPass({ timeout: 30_000 });
});

/** Tries cards one after the other, as who has bought numbers of stolen ones does. */
async function tryCards(person: Person): Promise<void> {
  const client = clientOf(person);
  for (let card = 0; card < CARDS; card++) {
    const input = {
      ...{ amount: { amount: 1_000, currency: 'EUR' }, idempotencyKey: randomUUID() },
      with: { cardToken: `tok_insufficient_funds__${randomUUID().slice(0, 8)}` },
    };
    await client.request(TopUpWallet, { input });
  }
}
