import { openSmtp, type OutgoingMail } from '@marquee/mail';
import { LANGUAGES, localeOf } from '@marquee/messages';
import { openMailbox } from '@marquee/testkit/mailbox';
import { expect, test } from 'vitest';

import { type NoticeMessage, noticeMessages } from '../src/domain/messages/index.ts';
import type { PendingMail } from '../src/domain/ports.ts';
import { sendNoticeMails } from '../src/use-cases/send-notice-mails.ts';
import { person } from './harness.ts';

const KEYS = Object.keys(noticeMessages.definitions) as NoticeMessage['key'][];
const SAMPLES: Readonly<Record<string, unknown>> = {
  ...{ text: 'Dune', sentence: 'It rains', count: 2, list: ['C7', 'C8'], money: { amount: 500, currency: 'EUR' } },
  ...{ moment: { at: '2026-12-04T19:30:00.000Z', timeZone: 'Europe/Berlin' } },
  ...{ day: { at: '2026-12-04T19:30:00.000Z', timeZone: 'Europe/Berlin' } },
};

/** A message with a value of each kind that it declares. */
function sampleOf(key: NoticeMessage['key']): NoticeMessage {
  const kinds = Object.entries<string | readonly string[]>(noticeMessages.definitions[key].values);
  const values = kinds.map(([name, kind]) => [
    name,
    typeof kind === 'string' ? SAMPLES[kind.replace('?', '')] : kind[0],
  ]);
  return { key, values: Object.fromEntries(values) } as unknown as NoticeMessage;
}

/** As many notices as a digest writes out. */
const IN_DIGEST = 20;
const DIGESTS = Object.fromEntries(
  Array.from({ length: Math.ceil(KEYS.length / IN_DIGEST) }, (_, page) => [
    `digest${page}`,
    KEYS.slice(page * IN_DIGEST, (page + 1) * IN_DIGEST),
  ]),
);

/** Mails with every notice: single ones, and digests that each hold as many as they write out. */
const MAILS: Readonly<Record<string, readonly NoticeMessage['key'][]>> = {
  single: ['bookingConfirmed'],
  security: ['signInAttempted'],
  ...DIGESTS,
  all: KEYS,
};

test('every notice arrives in each language, alone and in digests, as two parts that say the same', async () => {
  const mailbox = await openMailbox();
  const smtp = openSmtp({ url: mailbox.smtpUrl, from: 'no-reply@marquee.test', connections: 2 });
  const queued = LANGUAGES.flatMap((language) =>
    Object.keys(MAILS).map((name): OutgoingMail => {
      const userId = `usr_${language}`;
      return {
        id: `${name}-${language}`,
        kind: 'BOOKING',
        userId,
        address: null,
        about: null,
        lane: 'BULK',
        attempts: 1,
      };
    }),
  );
  const ofMail = (mailId: string): PendingMail[] =>
    (MAILS[mailId.split('-')[0] ?? ''] ?? []).map((key) => ({
      ...{ mailId, kind: 'BOOKING', bookingId: 'lon_bkg_1', message: sampleOf(key) },
    }));
  await sendNoticeMails(
    {
      mailQueue: {
        claim: async (_lane, limit) => queued.splice(0, limit),
        settle: async (tried) => expect(tried.map(({ outcome }) => outcome)).toEqual(tried.map(() => 'sent')),
      },
      mailNotices: { ofMails: async (mailIds) => mailIds.flatMap(ofMail) },
      mailAddresses: { suppressedOf: async () => [] },
      preferences: { ofUsers: async () => [] },
      fetchPeople: async (userIds) => userIds.map((id) => person(id, { locale: id.slice(4) })),
      ...{
        smtp: { TRANSACTIONAL: smtp, BULK: smtp },
        onMail: () => undefined,
        hashAddress: (address) => Buffer.from(address),
      },
      unsubscribeLink: async () => 'https://api.example/u',
      sites: { storefrontUrl: 'https://shop.example', backofficeUrl: 'https://shop.example/backoffice' },
    },
    'BULK',
  );
  smtp.close();
  for (const language of LANGUAGES) {
    const mails = await mailbox.mailsTo(`usr_${language}@example.com`);
    expect(mails).toHaveLength(Object.keys(MAILS).length);
    for (const { subject, text, html } of mails) {
      expect(`${subject} ${text}`).not.toMatch(/[{}]|undefined|null/);
      expect(html).toContain(`lang="${language}"`);
      expect(html).toContain('href="https:&#x2F;&#x2F;shop.example');
    }
    const texts = mails.map(({ text }) => text).join();
    const write = (key: NoticeMessage['key']) => noticeMessages.write(sampleOf(key), localeOf(language)).body;
    for (const key of KEYS) expect(texts).toContain(write(key).slice(0, 40));
    const longest = mails.find(({ subject }) => subject.includes(String(KEYS.length)));
    expect(longest?.text).toContain(String(KEYS.length - IN_DIGEST));
  }
  await mailbox.stop();
});
