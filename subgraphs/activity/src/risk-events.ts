import type { DomainEvent, EventHandlers, EventType, HandleMany, Push } from '@marquee/events';

import { SignalRepository } from './adapters/risk/signals.ts';
import type { HighDemandShow, Signal } from './domain/risk/signal.ts';

/** Adds the handlers of risk to others; of an event that both handle, risk hears second. */
export function withRisk(others: EventHandlers): EventHandlers {
  const all = { ...others } as Record<string, HandleMany>;
  for (const [type, risk] of Object.entries(riskHandlers()) as [string, HandleMany][]) {
    const other = all[type];
    all[type] = {
      many: async (events, tx) => {
        await other?.many(events, tx);
        await risk.many(events, tx);
      },
    };
  }
  return all as EventHandlers;
}

/** Notes what people do that risk is made of. Whom it concerns is scored soon after, by a job. */
export function riskHandlers(): EventHandlers {
  return {
    'account.registered': signals(({ payload: { userId, referralCode } }) => ({
      ...{ userId, kind: 'REGISTERED', subject: referralCode ?? null },
    })),
    'promotions.referral-rewarded': signals(({ payload: { userId, inviteeId } }) =>
      userId === inviteeId ? null : { userId, kind: 'REWARDED', subject: inviteeId },
    ),
    'booking.requested': signals(({ payload: { customerId: userId, showId, bookingId } }) => ({
      ...{ userId, kind: 'BOOKED', showId, bookingId },
    })),
    'booking.confirmed': signals(({ payload: { customerId: userId, showId, bookingId, seats } }) => ({
      ...{ userId, kind: 'CONFIRMED', showId, bookingId, seats: seats.length },
    })),
    'booking.expired': signals(({ payload: { customerId: userId, showId, bookingId } }) => ({
      ...{ userId, kind: 'ABANDONED', showId, bookingId },
    })),
    'booking.hold-ended': signals(({ payload: { customerId: userId, showId, seats, heldSeconds } }) =>
      heldSeconds < KEPT_SECONDS ? null : { userId, kind: 'ABANDONED', showId, seats },
    ),
    'booking.transfer-changed': signals(({ payload: { change, isComplimentary, senderId: userId, showId, seats } }) =>
      change !== 'OFFERED' || isComplimentary ? null : { userId, kind: 'TRANSFERRED', showId, seats: seats.length },
    ),
    'payment.succeeded': signals(({ payload: { customerId: userId, bookingId, method, cardFingerprint } }) =>
      method === 'CARD' ? { userId, kind: 'PAID', subject: cardFingerprint ?? null, bookingId } : null,
    ),
    'payment.failed': signals(({ payload: { customerId: userId, bookingId, cardFingerprint } }) => ({
      ...{ userId, kind: 'DECLINED', subject: cardFingerprint ?? null, bookingId },
    })),
    'catalog.shows-scheduled': {
      many: (events, tx) => new SignalRepository(tx).addShows(events.flatMap(({ payload }) => wanted(payload.shows))),
    },
  };
}

/** Whoever lets seats go sooner has only chosen others. */
const KEPT_SECONDS = 60;

type Fact = Omit<Signal, 'eventId' | 'at'>;

/** Adds the facts of events; of those that say nothing, none. */
function signals<T extends EventType>(factOf: (event: DomainEvent<T>) => Fact | null): HandleMany<T> {
  return {
    many: (events, tx) =>
      new SignalRepository(tx).add(
        events.flatMap((event) => {
          const fact = factOf(event);
          return fact ? [{ ...fact, eventId: event.id, at: event.occurredAt }] : [];
        }),
      ),
  };
}

interface ScheduledShow {
  readonly id: string;
  readonly endsAt: string;
  readonly highDemand: boolean;
}

const wanted = (shows: readonly ScheduledShow[]): HighDemandShow[] =>
  shows.filter(({ highDemand }) => highDemand).map(({ id: showId, endsAt }) => ({ showId, endsAt }));

/** The channel of all cases. */
export const CASES_CHANNEL = 'risk-cases';

export interface CasePush {
  readonly caseId: string;
  readonly version: number;
}

/** Announces a case. */
export function riskPushes(event: DomainEvent): readonly Push[] {
  if (event.type !== 'activity.risk-case-opened') return [];
  const { caseId, version } = event.payload;
  return [{ channel: CASES_CHANNEL, message: { caseId, version } satisfies CasePush }];
}
