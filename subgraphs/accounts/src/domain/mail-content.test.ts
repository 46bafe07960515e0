import { renderMail } from '@marquee/mail';
import { localeOf } from '@marquee/messages';
import { problemsOf } from '@marquee/messages/problems';
import { expect, test } from 'vitest';

import { credentialMail } from './mail-content.ts';
import { changeMails, tokenMails } from './mail-messages.ts';

const style = (storefrontUrl: string | undefined, tag = 'en') => ({ locale: localeOf(tag), storefrontUrl });

test.each(['https://shop.example', 'https://shop.example/'])('a mail leads to a page of the storefront %s', (shop) => {
  const verification = renderMail(credentialMail('VERIFY_EMAIL', 'verify_1', style(shop)), 'en');
  expect(verification.text).toContain('\nhttps://shop.example/verify-email#token=verify_1\n');
  expect(verification.html).toContain('verify-email#token&#x3D;verify_1"');
  const reset = renderMail(credentialMail('RESET_PASSWORD', 'reset_1', style(shop, 'de')), 'de');
  expect(reset.text).toContain('\nhttps://shop.example/reset-password#token=reset_1\n');
  expect(reset.text).toContain('Wählen Sie mit dem Link unten ein neues Passwort.');
});

test('without a storefront a mail has the code alone', () => {
  const { text, html } = renderMail(credentialMail('RESET_PASSWORD', 'reset_1', style(undefined)), 'en');
  expect(text).toMatch(/with the code below\.[^]*\n\nreset_1\n/);
  expect(html).not.toContain('<a');
});

test('every mail is there in every language, with all of its values and plural forms', () => {
  expect(problemsOf({ ...changeMails.definitions, ...tokenMails.definitions })).toEqual([]);
});
