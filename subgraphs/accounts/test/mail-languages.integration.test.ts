import { openSmtp, type OutgoingMail } from '@marquee/mail';
import { LANGUAGES } from '@marquee/messages';
import { expect, test, vi } from 'vitest';

import type { MailKind } from '../src/domain/mail.ts';
import { changeMails, tokenMails } from '../src/domain/mail-messages.ts';
import type { User } from '../src/domain/user.ts';
import { sendMails } from '../src/use-cases/send-mails.ts';
import { openMailbox } from './mailbox.ts';

const KINDS = [...Object.keys(changeMails.definitions), ...Object.keys(tokenMails.definitions)] as MailKind[];
const SCRIPTS = { en: /\b(your|you)\b/i, de: /\b(Ihre?|Ihr Konto|Sie)\b/, hi: /\p{Script=Devanagari}/u };

const offer = {
  ...{ to: 'ann@example.com', token: 'offer_1', titleName: 'Metropolis', venueName: 'The Electric', tickets: 2 },
  ...{ startsAt: new Date('2027-01-02T01:00:00.000Z'), expiresAt: new Date('2027-01-03T20:00:00.000Z') },
  timeZone: 'America/Toronto',
};

test('every mail of an account arrives in the language of its reader', async () => {
  const mailbox = await openMailbox();
  const smtp = openSmtp({ url: mailbox.smtpUrl, from: 'no-reply@marquee.test', connections: 1 });
  const queued = LANGUAGES.flatMap((language) => KINDS.map((kind) => mailOf(kind, language)));
  const readers = (ids: readonly string[]) => ids.map((id) => userOf(id));
  await sendMails({
    outgoingMails: {
      claim: async (_lane, limit) => queued.splice(0, limit),
      settle: async (tried) => expect(tried.map(({ outcome }) => outcome)).toEqual(tried.map(() => 'sent')),
    },
    users: { findMany: async (ids) => readers(ids), findByEmail: async (email) => readerAt(email) },
    invitations: {
      newMail: async (language) => ({
        email: `${language}@example.com`,
        role: 'SCANNER',
        organisationSlug: 'kino-nord',
      }),
    },
    mailTokens: { add: vi.fn<() => Promise<void>>() },
    fetchTicketOffer: async () => offer,
    ...{ sendMail: smtp.send, onMail: () => undefined, storefrontUrl: 'https://shop.example' },
    ...{ random: (bytes) => Buffer.alloc(bytes), hashToken: (token) => token, now: () => new Date() },
  });
  smtp.close();
  for (const language of LANGUAGES) {
    const mails = await mailbox.mailsTo(`${language}@example.com`);
    expect(mails).toHaveLength(KINDS.length - 1);
    for (const { subject, text } of mails) expect(`${subject}\n${text}`).toMatch(SCRIPTS[language]);
  }
  expect(await mailbox.mailsTo(offer.to)).toHaveLength(LANGUAGES.length);
  await mailbox.stop();
});

function mailOf(kind: MailKind, language: string): OutgoingMail {
  return {
    id: `${kind}-${language}`,
    kind,
    userId: language,
    address: null,
    about: language,
    lane: 'TRANSACTIONAL',
    attempts: 1,
  };
}

function readerAt(email: string): User | null {
  const language = LANGUAGES.find((each) => email === `${each}@example.com`);
  return language === undefined ? null : userOf(language);
}

function userOf(language: string): User {
  const email = `${language}@example.com`;
  return { id: language, email, locale: language, emailVerifiedAt: null, pendingEmail: null } as unknown as User;
}
