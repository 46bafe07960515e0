import {
  type MailLane,
  type MailMessage,
  type OutgoingMail,
  renderMail,
  sendDueMails,
  type SendDueMailsDeps,
  type SendMail,
} from '@marquee/mail';
import DataLoader from 'dataloader';

import { needsNoVerifiedAddress } from '../domain/mail-plan.ts';
import { noticeMailContent } from '../domain/notice-mail.ts';
import type { Sites } from '../domain/notice-subject.ts';
import type { NotificationKind } from '../domain/notification.ts';
import type { FetchPeople } from '../domain/people.ts';
import type { PendingMail, Preferences } from '../domain/ports.ts';
import { allPreferences } from '../domain/preferences.ts';
import type { HashAddress, SuppressedAddress } from '../domain/suppression.ts';
import { canUnsubscribe, type Unsubscription } from '../domain/unsubscription.ts';

/** Mails that are sent at once. Some wait for a connection, and the next follow without a pause. */
const AT_ONCE: Readonly<Record<MailLane, number>> = { TRANSACTIONAL: 20, BULK: 60 };

export interface SendNoticeMailsDeps extends Omit<SendDueMailsDeps, 'compose' | 'sendMail'> {
  /** The connections of each lane. */
  readonly smtp: Readonly<Record<MailLane, { readonly send: SendMail }>>;
  readonly mailNotices: { ofMails(mailIds: readonly string[]): Promise<PendingMail[]> };
  readonly mailAddresses: { suppressedOf(userIds: readonly string[]): Promise<SuppressedAddress[]> };
  readonly preferences: Pick<Preferences, 'ofUsers'>;
  readonly fetchPeople: FetchPeople;
  readonly hashAddress: HashAddress;
  readonly unsubscribeLink: (of: Unsubscription) => Promise<string>;
  readonly sites: Sites;
}

/** Sends the mails of a lane that are due, each in its person's language, to the address that they have now. */
export async function sendNoticeMails(deps: SendNoticeMailsDeps, lane: MailLane): Promise<void> {
  // One question for all mails of a batch, and each batch asks again.
  const composed = new DataLoader((mails: readonly OutgoingMail[]) => composeAll(deps, mails), { cache: false });
  const sendMail = deps.smtp[lane].send;
  await sendDueMails({ ...deps, sendMail, compose: (mail) => composed.load(mail) }, lane, AT_ONCE[lane]);
}

/** An error concerns its own mail only. */
async function composeAll(
  deps: SendNoticeMailsDeps,
  mails: readonly OutgoingMail[],
): Promise<(MailMessage | Error | null)[]> {
  const userIds = [...new Set(mails.flatMap(({ userId }) => userId ?? []))];
  const [notices, people, chosen, suppressed] = await Promise.all([
    deps.mailNotices.ofMails(mails.map(({ id }) => id)),
    deps.fetchPeople(userIds),
    deps.preferences.ofUsers(userIds),
    deps.mailAddresses.suppressedOf(userIds),
  ]);
  return Promise.all(
    mails.map(async ({ id, userId, kind: named }) => {
      const kind = named as NotificationKind;
      const person = people.find((each) => each.id === userId);
      const own = notices.filter(({ mailId }) => mailId === id);
      if (!person?.email || own.length === 0) return null;
      const mayReach = person.emailVerified || own.every((notice) => needsNoVerifiedAddress({ ...notice, kind }));
      const isWanted = allPreferences(chosen.filter((each) => each.userId === userId)).some(
        (preference) => preference.kind === kind && preference.channels.includes('EMAIL'),
      );
      const address = deps.hashAddress(person.email);
      const isSuppressed = suppressed.some((each) => each.userId === userId && equal(each.address, address));
      if (!mayReach || !isWanted || isSuppressed) return null;
      return compose(deps, { id, to: person.email, kind, notices: own, person }).catch((error: Error) => error);
    }),
  );
}

interface ToCompose {
  readonly id: string;
  readonly to: string;
  readonly kind: NotificationKind;
  readonly notices: readonly PendingMail[];
  readonly person: Awaited<ReturnType<FetchPeople>>[number];
}

async function compose(
  { sites, unsubscribeLink }: SendNoticeMailsDeps,
  { id, to, kind, notices, person: { id: userId, locale } }: ToCompose,
): Promise<MailMessage> {
  const unsubscribeUrl = canUnsubscribe(kind) ? await unsubscribeLink({ userId, kind }) : undefined;
  const content = noticeMailContent({ kind, notices }, { ...sites, locale, unsubscribeUrl });
  const headers = unsubscribeUrl && {
    'List-Unsubscribe': `<${unsubscribeUrl}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
  return { id, to, ...(headers && { headers }), ...renderMail(content, locale.language) };
}

function equal(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
