import { LANGUAGES } from '@marquee/messages';
import { type ParsedMail, simpleParser } from 'mailparser';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { SOURCE_SHA256, TEMPLATE, TEMPLATE_SHA256 } from './compiled-template.ts';
import { renderMail } from './rendered-mail.ts';
import { openSmtp, type Smtp } from './smtp.ts';

const received: ParsedMail[] = [];
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData: (stream, _session, callback) => {
    void simpleParser(stream).then((mail) => {
      received.push(mail);
      callback();
    });
  },
});
let smtp: Smtp;
beforeAll(async () => {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  smtp = openSmtp({ url, from: 'Marquee <no-reply@marquee.test>', connections: 1 });
});
afterAll(async () => {
  smtp.close();
  await new Promise<void>((resolve) => server.close(resolve));
});

test.each(LANGUAGES)('a mail in %s arrives with two parts that say the same', async (language) => {
  const content = {
    title: 'Gebucht: मुग़ल-ए-आज़म',
    paragraphs: ['Zwei Plätze', 'مرحبا'],
    code: 'verify_1',
    items: [{ title: 'One', body: '<b>bold</b> & "quoted"' }],
    action: { label: 'Öffnen', url: 'https://shop.example/bookings?a=1&b=2#token=x' },
    footer: ['Warum?'],
    unsubscribe: { label: 'Abbestellen', url: 'https://api.example/u?token=1' },
  };
  const headers = { 'List-Unsubscribe': '<https://api.example/u?token=1>' };
  await smtp.send({ id: 'mail_1', to: 'ann@example.com', headers, ...renderMail(content, language) });
  const mail = received.at(-1);
  expect(mail?.subject).toBe(content.title);
  expect(mail?.messageId).toBe('<mail_1@127.0.0.1>');
  expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
  expect(mail?.headers.get('list')).toMatchObject({ unsubscribe: { url: 'https://api.example/u?token=1' } });
  const html = decoded(String(mail?.html));
  const { action, unsubscribe } = content;
  for (const said of [...content.paragraphs, ...content.footer, 'verify_1', 'One', action.label, unsubscribe.label]) {
    expect(mail?.text).toContain(said);
    expect(html).toContain(said);
  }
  expect(mail?.text).toContain(action.url);
  expect(html).toContain('href="https://shop.example/bookings?a=1&amp;b=2#token=x"');
  expect(html).toContain('&lt;b&gt;bold&lt;/b&gt; &amp; &quot;quoted&quot;');
  expect(html).toContain(`lang="${language}"`);
  expect(html).not.toMatch(/\{\{/);
});

/** Without the entities of characters that HTML needs none for. */
function decoded(html: string): string {
  return html.replaceAll('&#x2F;', '/').replaceAll('&#x3D;', '=');
}

test('a mail is dark where its reader wants that, runs each text in its own direction, and loads nothing', () => {
  expect(TEMPLATE).toContain('prefers-color-scheme: dark');
  expect(TEMPLATE).toContain('<meta name="color-scheme" content="light dark"');
  expect(TEMPLATE).toMatch(/<h1 class="auto" dir="auto"/);
  expect(TEMPLATE).not.toMatch(/<script|<link|@import|src=/);
});

test('the compiled template is that of its source', async () => {
  const source = await readFile(new URL('../templates/mail.mjml', import.meta.url), 'utf8');
  const hash = (of: string) => createHash('sha256').update(of).digest('hex');
  // After a change of it: `npm run mail:templates`.
  expect([hash(source), hash(TEMPLATE)]).toEqual([SOURCE_SHA256, TEMPLATE_SHA256]);
});
