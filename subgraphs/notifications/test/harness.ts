import type { PayloadOf } from '@marquee/events';
import { PrismaClient } from '@marquee/prisma-notifications';
import { localeOf } from '@marquee/messages';
import type { OpenOptions, ServiceRequest } from '@marquee/subgraph';
import { openHarness, type Harness, type HarnessOptions } from '@marquee/testkit/harness';

import type { Person } from '../src/domain/people.ts';
import { subgraph } from '../src/subgraph.ts';

export { userCaller as user } from '@marquee/testkit/harness';

export type NotificationsHarness = Harness<PrismaClient>;

interface KnownPerson extends Omit<Person, 'id' | 'locale'> {
  readonly locale: string | null;
}

export type People = Record<string, Partial<KnownPerson>>;

/** Without these the subgraph does not open. Nobody answers there. */
const MAIL_SETTINGS = { mailUrl: 'smtp://127.0.0.1:1', publicUrl: 'http://127.0.0.1' };

/** A person with a verified address. */
export function person(id: string, { locale = null, ...change }: Partial<KnownPerson> = {}): Person {
  const usual = { email: `${id}@example.com`, emailVerified: true, timeZone: null };
  return { id, locale: localeOf(locale), ...usual, ...change };
}

export interface NotificationsOptions extends Pick<Partial<HarnessOptions>, 'settings' | 'databaseUrl'> {
  /** People's language tags, by their ids; others have none. */
  readonly locales?: Readonly<Record<string, string>>;
  /** People as accounts knows them, by their ids, beside the usual. */
  readonly people?: People;
  /** Who has tickets of a show behind a person, as booking answers; nobody by default. */
  readonly holders?: (showId: string, after: string) => readonly string[];
  /** Whether accounts can be reached; true by default. */
  readonly accountsAnswers?: boolean;
}

/** The subgraph, its relay and consumer not started. */
export function openNotifications(options: NotificationsOptions = {}): Promise<NotificationsHarness> {
  const settings = { ...MAIL_SETTINGS, ...options.settings };
  return openHarness(subgraph, PrismaClient, { start: false, calls: others(options), ...options, settings });
}

/** Answers for accounts, booking and catalog. */
function others({
  locales = {},
  people: known = {},
  holders,
  accountsAnswers = true,
}: NotificationsOptions): OpenOptions['calls'] {
  const answers: Record<string, (variables: Record<string, unknown>) => unknown> = {
    accounts: ({ ids }) => {
      if (!accountsAnswers) throw new Error('accounts is away');
      const of = (id: string) => ({ ...person(id, known[id]), locale: known[id]?.locale ?? locales[id] ?? null });
      return { people: (ids as readonly string[]).map(of) };
    },
    booking: ({ showId, after, first }) => {
      const all = holders?.(String(showId), String(after ?? '')) ?? [];
      const behind = all.filter((id) => id > String(after ?? ''));
      return { ticketHolders: behind.toSorted().slice(0, Number(first)) };
    },
    catalog: ({ titleId, cityId }) => ({
      title: titleId === 'ttl_unknown' ? null : { id: titleId },
      city: cityId === 'cty_unknown' ? null : { id: cityId },
    }),
  };
  return {
    query: async <Data>(asked: string, { variables = {} }: ServiceRequest) => answers[asked]?.(variables) as Data,
  };
}

/** The payload of `booking.confirmed`. */
export function confirmed(
  customerId: string,
  change: Partial<PayloadOf<'booking.confirmed'>> = {},
): PayloadOf<'booking.confirmed'> {
  return {
    bookingId: 'lon_bkg_1',
    previousStatus: 'PENDING_PAYMENT',
    customerId,
    showId: 'lon_shw_1',
    titleId: 'ttl_1',
    titleName: 'Arrival',
    venueName: 'Odeon',
    startsAt: '2026-12-04T19:30:00.000Z',
    timeZone: 'Europe/London',
    seats: ['C7'],
    total: { amount: 1378, currency: 'GBP' },
    paymentId: 'pay_1',
    ...change,
  };
}

/** Notifications of a user, a minute apart, the first the oldest: `ntf_<user>_0`, … */
export async function fill({ database }: NotificationsHarness, userId: string, count: number, read = 0): Promise<void> {
  const start = Date.parse('2026-12-01T00:00:00.000Z');
  await database.notification.createMany({
    data: Array.from({ length: count }, (_, position) => ({
      id: `ntf_${userId}_${position}`,
      userId,
      kind: 'BOOKING' as const,
      title: `Title ${position}`,
      body: `Body ${position}`,
      bookingId: 'lon_bkg_1',
      createdAt: new Date(start + position * 60_000),
      readAt: position < read ? new Date(start) : null,
    })),
  });
}
