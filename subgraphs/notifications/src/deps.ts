import type { SqlTransaction } from '@marquee/database';
import { AesSecretBox } from '@marquee/database';
import { type MailLane, MailQueue, openSmtp, type Smtp } from '@marquee/mail';
import type { PrismaClient } from '@marquee/prisma-notifications';
import type { SubgraphRuntime } from '@marquee/subgraph';
import type { Log, RecordSecurityEvent } from '@marquee/telemetry';

import { HeldDataRepository } from './adapters/held-data.ts';
import { addressHashBy, MailAddressRepository } from './adapters/mail-addresses.ts';
import { MailNoticeRepository, planNotices } from './adapters/mail-notices.ts';
import { observeNoticeMails } from './adapters/mail-telemetry.ts';
import { NoticeKeyRepository } from './adapters/notice-keys.ts';
import { NotificationRepository } from './adapters/notifications.ts';
import { peopleOf } from './adapters/people.ts';
import { titleAndCityOf } from './adapters/catalog.ts';
import { observeReminders } from './adapters/reminder-telemetry.ts';
import { ReminderRepository } from './adapters/reminders.ts';
import { ShowReminderRepository } from './adapters/show-reminders.ts';
import { ticketHoldersOf } from './adapters/ticket-holders.ts';
import { PreferenceRepository } from './adapters/preferences.ts';
import { PushDeliveryRepository } from './adapters/push-deliveries.ts';
import { PushEndpointRepository } from './adapters/push-endpoints.ts';
import { PushHostRepository } from './adapters/push-hosts.ts';
import { PushPaceRepository } from './adapters/push-paces.ts';
import { type PushSender, pushSender } from './adapters/push-sender.ts';
import { observePushes } from './adapters/push-telemetry.ts';
import { QuietHoursRepository } from './adapters/quiet-hours.ts';
import { UnsubscribeLinks } from './adapters/unsubscribe-links.ts';
import { isBrowserKey, vapidKeys } from './adapters/vapid.ts';
import type { FetchPeople } from './domain/people.ts';
import type { Sites } from './domain/notice-subject.ts';
import type { FetchTicketHolders, FindTitleAndCity } from './domain/ports.ts';
import type { HashAddress, MailReport } from './domain/suppression.ts';
import type { Settings } from './settings.ts';
import { remindingIn, type RemindInTransaction, tellingIn } from './telling.ts';
import { notify } from './use-cases/notify.ts';
import type { PlanMailsDeps } from './use-cases/plan-mails.ts';
import type { SendNoticeMailsDeps } from './use-cases/send-notice-mails.ts';
import { handleMailReport, recordMails, type SuppressDeps } from './use-cases/suppress-address.ts';

/** The dependencies of use cases, resolvers, loaders, handlers and jobs. */
export interface Deps extends ReturnType<typeof observePushes> {
  readonly notifications: NotificationRepository;
  readonly preferences: PreferenceRepository;
  readonly noticeKeys: NoticeKeyRepository;
  readonly pushEndpoints: PushEndpointRepository;
  readonly pushDeliveries: PushDeliveryRepository;
  readonly pushHosts: PushHostRepository;
  readonly pushPaces: PushPaceRepository;
  readonly pushes: PushSender;
  readonly sendPush: PushSender['send'];
  /** With which browsers subscribe. */
  readonly pushPublicKey: string;
  readonly pushIntervalMs: number;
  readonly mailNotices: MailNoticeRepository;
  readonly mailAddresses: MailAddressRepository;
  readonly mailQueue: MailQueue;
  readonly quietHours: QuietHoursRepository;
  readonly planNotices: PlanMailsDeps['planNotices'];
  readonly smtp: Readonly<Record<MailLane, Smtp>>;
  readonly onMail: SendNoticeMailsDeps['onMail'];
  readonly record: NonNullable<SendNoticeMailsDeps['record']>;
  readonly handleMailReport: (report: MailReport) => Promise<void>;
  readonly hashAddress: HashAddress;
  readonly unsubscribeLinks: UnsubscribeLinks;
  readonly unsubscribeLink: SendNoticeMailsDeps['unsubscribeLink'];
  readonly sites: Sites;
  readonly mailWebhookSecret: string | undefined;
  readonly mailIntervalMs: number;
  readonly securityEvent: RecordSecurityEvent;
  readonly reminders: ReminderRepository;
  readonly showReminders: ShowReminderRepository;
  readonly reminderIntervalMs: number;
  readonly fetchTicketHolders: FetchTicketHolders;
  readonly findTitleAndCity: FindTitleAndCity;
  readonly transaction: RemindInTransaction;
  readonly allowsLoopback: boolean;
  readonly isBrowserKey: (p256dh: string) => boolean;
  readonly fetchPeople: FetchPeople;
  readonly heldData: HeldDataRepository;
  readonly log: Log;
  readonly now: () => Date;
}

export function openDeps(runtime: SubgraphRuntime<PrismaClient, Settings>): Deps {
  const { client, calls, now, settings, instruments, log } = runtime;
  const { pushKey, pushContact: contact, pushIntervalMs, pushTimeoutMs: timeoutMs } = settings;
  const allowsLoopback = settings.pushLoopback === 'on';
  const vapid = vapidKeys(pushKey);
  const pushes = pushSender({ vapid, contact, allowsLoopback, timeoutMs });
  const pushDeliveries = new PushDeliveryRepository(client);
  const pushHosts = new PushHostRepository(client);
  return {
    notifications: new NotificationRepository(client),
    preferences: new PreferenceRepository(client),
    noticeKeys: new NoticeKeyRepository(client),
    heldData: new HeldDataRepository(client),
    pushEndpoints: new PushEndpointRepository(client),
    pushPaces: new PushPaceRepository(client),
    ...{ pushDeliveries, pushHosts, pushes, sendPush: pushes.send, pushPublicKey: vapid.publicKey },
    ...observePushes({ deliveries: pushDeliveries, hosts: pushHosts }, instruments, log),
    ...mailing(runtime),
    ...reminding(runtime),
    ...{ pushIntervalMs, allowsLoopback, isBrowserKey, fetchPeople: peopleOf(calls), log, now },
  };
}

/** Connections of each lane that are kept open: mail servers take mails one by one, and allow some fifty of a sender. */
const MAIL_CONNECTIONS: Readonly<Record<MailLane, number>> = { TRANSACTIONAL: 5, BULK: 30 };

function mailing({ client, settings, instruments, log, securityEvent, now }: SubgraphRuntime<PrismaClient, Settings>) {
  const { mailKey, mailUrl, mailFrom, mailIntervalMs, mailWebhookSecret, publicUrl } = settings;
  const { storefrontUrl, backofficeUrl } = settings;
  const mailQueue = new MailQueue(client, new AesSecretBox(mailKey));
  const mailAddresses = new MailAddressRepository(client);
  const mailNotices = new MailNoticeRepository(client);
  const smtpOf = (lane: MailLane) => openSmtp({ url: mailUrl, from: mailFrom, connections: MAIL_CONNECTIONS[lane] });
  const smtp = { TRANSACTIONAL: smtpOf('TRANSACTIONAL'), BULK: smtpOf('BULK') };
  const hashAddress = addressHashBy(mailKey);
  const unsubscribeLinks = new UnsubscribeLinks(mailKey, publicUrl);
  const suppressing = (tx: SqlTransaction): SuppressDeps => ({
    mailAddresses: new MailAddressRepository(tx),
    notify: (notices) => notify(tellingIn(tx, now), notices),
  });
  return {
    mailNotices,
    quietHours: new QuietHoursRepository(client),
    ...{ mailQueue, mailAddresses, smtp, hashAddress, unsubscribeLinks },
    unsubscribeLink: unsubscribeLinks.linkOf.bind(unsubscribeLinks),
    planNotices: planNotices.bind(null, client, mailQueue),
    onMail: observeNoticeMails({ mailQueue, mailAddresses, mailNotices }, instruments, log),
    record: ((tried, tx) => recordMails(suppressing(tx), tried, hashAddress)) satisfies SendNoticeMailsDeps['record'],
    handleMailReport: (report: MailReport) => client.$sqlTransaction((tx) => handleMailReport(suppressing(tx), report)),
    ...{ sites: { storefrontUrl, backofficeUrl }, mailWebhookSecret, mailIntervalMs, securityEvent },
  };
}

function reminding({ client, calls, settings, instruments, now }: SubgraphRuntime<PrismaClient, Settings>) {
  const showReminders = new ShowReminderRepository(client);
  observeReminders(showReminders, instruments);
  return {
    ...{ showReminders, reminders: new ReminderRepository(client), transaction: remindingIn(client, now) },
    ...{ fetchTicketHolders: ticketHoldersOf(calls), findTitleAndCity: titleAndCityOf(calls) },
    reminderIntervalMs: settings.reminderIntervalMs,
  };
}
