import { expect, test } from '../harness/fixtures.ts';
import { visit } from '../harness/visit.ts';

test('a scanner is kept on the device late in a long session, too', async ({ signedIn, examples }) => {
  const { page } = await signedIn('partner');
  const loaded = new Set<string>();
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (/^\/backoffice\/assets\/.*\.(js|css)$/.test(pathname)) loaded.add(pathname);
  });
  await visit(page, `/backoffice/schedule/shows/${examples.own.showId}`);
  const first = loaded.size;
  // As after some hundred requests: the browser records no more of what is loaded.
  await page.evaluate(() => performance.setResourceTimingBufferSize(1));
  await page.getByRole('main').getByRole('link', { name: 'Door' }).click();
  await expect(page.getByLabel('Code of the ticket')).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(loaded.size).toBeGreaterThan(first);
  const missing = () =>
    page.evaluate(
      async (paths) => {
        const kept = await Promise.all(paths.map((path) => caches.match(path, { ignoreVary: true })));
        return paths.filter((_, index) => !kept[index]);
      },
      [...loaded],
    );
  await expect.poll(missing).toEqual([]);
});
