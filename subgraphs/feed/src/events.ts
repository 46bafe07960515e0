import type { DomainEvent, EventHandlers, PayloadOf } from '@marquee/events';
import { cityCodeOf } from '@marquee/subgraph/ids';

import { CatalogueRepository } from './adapters/catalogue.ts';
import { InterestRepository, type Visit } from './adapters/interests.ts';
import { ScheduleRepository } from './adapters/schedule.ts';
import { PROGRESS } from './domain/taste.ts';

/** Shows and titles follow catalog, booking and ratings; what people do says what they like. */
export function handlers(): EventHandlers {
  return {
    'catalog.title-changed': {
      many: (events, tx) => new CatalogueRepository(tx).saveTitles(events.map(({ payload }) => payload)),
    },
    'catalog.venue-changed': {
      many: (events, tx) => new CatalogueRepository(tx).saveVenues(events.map(({ payload }) => payload)),
    },
    'catalog.shows-scheduled': {
      many: async (events, tx) => {
        const payloads = events.map(({ payload }) => payload);
        await new CatalogueRepository(tx).nameThose(payloads);
        await new ScheduleRepository(tx).schedule(payloads);
      },
    },
    'catalog.show-changed': {
      many: (events, tx) => new ScheduleRepository(tx).change(events.map(({ payload }) => payload)),
    },
    'catalog.show-cancelled': {
      many: (events, tx) => new ScheduleRepository(tx).cancel(events.map(({ payload }) => payload)),
    },
    'booking.show-availability-changed': {
      many: (events, tx) => new ScheduleRepository(tx).reportAvailability(events),
    },
    'ratings.rating-changed': {
      many: (events, tx) => new CatalogueRepository(tx).saveRatings(events.map(({ payload }) => payload)),
    },
    'activity.visits-recorded': {
      many: (events, tx) =>
        new InterestRepository(tx).record(events.flatMap(({ payload }) => payload.visits.flatMap(look))),
    },
    'booking.hold-ended': { many: (events, tx) => new InterestRepository(tx).record(events.map(choice)) },
    'booking.confirmed': { many: (events, tx) => new InterestRepository(tx).record(events.map(purchase)) },
  };
}

type Look = PayloadOf<'activity.visits-recorded'>['visits'][number];

/** Suspicious visits count nothing. */
function look({ kind, userId, visitorId, titleId, cityCode, at, suspicious }: Look): Visit[] {
  const progress = kind === 'SHOW_VIEW' ? PROGRESS.LOOKED_AT_SHOWS : PROGRESS.LOOKED;
  return suspicious ? [] : [{ viewerId: userId ?? visitorId, titleId, showId: null, cityCode, progress, at }];
}

const choice = ({ payload: { customerId, showId }, occurredAt }: DomainEvent<'booking.hold-ended'>): Visit => ({
  ...{ viewerId: customerId, titleId: null, showId, cityCode: cityCodeOf(showId) },
  ...{ progress: PROGRESS.CHOSE_SEATS, at: occurredAt },
});

const purchase = ({
  payload: { customerId, titleId, showId },
  occurredAt,
}: DomainEvent<'booking.confirmed'>): Visit => ({
  ...{ viewerId: customerId, titleId, showId, cityCode: cityCodeOf(showId) },
  ...{ progress: PROGRESS.BOOKED, at: occurredAt },
});
