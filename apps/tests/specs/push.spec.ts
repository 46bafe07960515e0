import { registeredOperations } from '@marquee/stack/client';

import { expect, test } from '../harness/fixtures.ts';
import {
  deliverPush,
  givePushService,
  pushesTo,
  shownNotifications,
  subscribeToPush,
} from '../harness/push-service.ts';
import { buy, clientOf, freshShow } from '../harness/shows.ts';
import { visit } from '../harness/visit.ts';

const RegisterPushEndpoint = registeredOperations('storefront')<unknown, { input: object }>('RegisterPushEndpoint');

test('a browser is pushed to until its person turns that off there', async ({ signedIn }, { parallelIndex }) => {
  test.slow();
  const { page, context, person } = await signedIn();
  const here = await givePushService(context);
  await visit(page, '/account/notifications');
  await page.getByRole('button', { name: 'Turn on in this browser' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'This browser' })).toBeVisible();

  const { show, title } = await freshShow(parallelIndex);
  await buy(person, show.id, 1);
  await expect.poll(() => pushesTo(here)).toHaveLength(1);
  const [text = ''] = await pushesTo(here);
  expect(JSON.parse(text)).toMatchObject({ title: expect.stringContaining(title.name) });
  await deliverPush(page, text);
  await expect.poll(() => shownNotifications(page)).toEqual([(JSON.parse(text) as { title: string }).title]);

  const { endpoint, keys, ...phone } = await subscribeToPush();
  await clientOf(person).request(RegisterPushEndpoint, { input: { endpoint, ...keys } });
  await page.reload();
  const own = page.getByRole('listitem').filter({ hasText: 'This browser' });
  await own.getByRole('button', { name: 'Turn off' }).click();
  await expect(own).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Turn off' })).toHaveCount(1);
  await buy(person, show.id, 1);
  await expect.poll(() => pushesTo({ ...phone, endpoint, keys })).toHaveLength(1);
  expect(await pushesTo(here)).toHaveLength(1);
});
