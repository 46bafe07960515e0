import { createTransport } from 'nodemailer';
import { expect, onTestFinished, test } from 'vitest';

import { buildSandboxMail } from '../src/index.ts';

async function sandbox() {
  const failures: unknown[] = [];
  const mail = buildSandboxMail({ log: { error: (fields) => void failures.push(fields) } });
  onTestFinished(async () => {
    await mail.stop();
    expect(failures).toEqual([]);
  });
  const { smtpUrl, url } = await mail.listen();
  const transport = createTransport(smtpUrl);
  return {
    send: (to: string, subject: string, text: string, html?: string) =>
      transport.sendMail({ from: 'Marquee <no-reply@marquee.test>', to, subject, text, ...(html && { html }) }),
    page: async (path: string) => (await fetch(new URL(path, url))).text(),
    policy: async (path = '/') => (await fetch(new URL(path, url))).headers.get('content-security-policy'),
    mails: async (to: string) =>
      (await (await fetch(new URL(`/mails.json?to=${encodeURIComponent(to)}`, url))).json()) as { id: string }[],
  };
}

test('a mail that is sent over SMTP is in the inbox, newest first, by the address it was sent to', async () => {
  const { send, mails, page } = await sandbox();
  expect(await page('/')).toContain('No mail yet');
  await send('ann@example.com', 'First', 'Grüße, with a line that is long: '.repeat(20));
  await send('Ann@example.com', 'Second', 'https://marquee.test/verify#token=abc');
  await send('bob@example.com', 'Other', 'hello');
  const [second, first] = await mails('ann@example.com');
  expect(await mails('ann@example.com')).toHaveLength(2);
  expect(first).toMatchObject({ subject: 'First', text: expect.stringContaining('Grüße, with') });
  expect(second).toMatchObject({ subject: 'Second', from: expect.stringContaining('no-reply@marquee.test') });
  expect(await page('/')).toMatch(/Other[^]*Second[^]*First/);
  const filtered = await page('/?to=Ann%40example.com');
  expect(filtered).toMatch(/value="Ann@example.com"[^]*Second[^]*First/);
  expect(filtered).not.toContain('Other');
  expect(filtered).toMatch(/<time datetime="[^"]+Z">\d+ \w+ \d{4}, [\d:]+ UTC<\/time>/);
  expect(await page(`/mails/${second?.id}`)).toContain(
    '<a rel="noreferrer" href="https://marquee.test/verify#token=abc">',
  );
});

test('a mail shows as text, whatever is in it', async () => {
  const { send, mails, page } = await sandbox();
  await send('ann@example.com', '<script>alert(1)</script>', `<img src=x onerror=alert(1)> https://x.test/"onload='y`);
  const [mail] = await mails('ann@example.com');
  for (const path of ['/', `/mails/${mail?.id}`]) {
    const html = await page(path);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).not.toMatch(/<script|<img|onload='/);
  }
});

test('a page may load its empty icon, and nothing else', async () => {
  const { page, policy } = await sandbox();
  expect(await page('/')).toContain('<link rel="icon" href="data:,">');
  expect(await policy()).toMatch(/default-src 'none';.* img-src data:;/);
});

test('the HTML part of a mail is shown as it is, without its scripts and what it would load', async () => {
  const { send, mails, page, policy } = await sandbox();
  await send('ann@example.com', 'Hello', 'Hello', '<p>Hello</p><script>alert(1)</script>');
  const [mail] = await mails('ann@example.com');
  expect(await page(`/mails/${mail?.id}`)).toContain(`href="/mails/${mail?.id}/html"`);
  expect(await page(`/mails/${mail?.id}/html`)).toContain('<p>Hello</p>');
  expect(await policy(`/mails/${mail?.id}/html`)).toMatch(/^sandbox allow-popups; default-src 'none';/);
});

test('addresses at bounce.test bounce', async () => {
  const { send, mails } = await sandbox();
  await expect(send('Ann@bounce.test', 'Hello', 'Hello')).rejects.toMatchObject({ responseCode: 550 });
  expect(await mails('ann@bounce.test')).toEqual([]);
});
