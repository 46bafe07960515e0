import type { SqlTransaction } from '@marquee/database';
import type { DomainEvent, EventHandlers, PayloadOf } from '@marquee/events';
import { cityCodeOf } from '@marquee/subgraph/ids';

import { dropAnswers, showsIn, TEXTS } from './adapters/answer-versions.ts';
import { StoredDocuments } from './adapters/stored-documents.ts';
import { StoredShows } from './adapters/stored-shows.ts';
import { StoredSignals } from './adapters/stored-signals.ts';
import { type Document, indexed } from './domain/document.ts';
import { titleDocument, venueDocument } from './domain/facts.ts';
import { type Interest, WEIGHTS } from './domain/popularity.ts';
import type { ScheduledShow } from './domain/ports.ts';

/** Every effect is one or a few statements, whatever the number of events, and goes to each slot that is in use. */
export function handlers(): EventHandlers {
  return {
    'catalog.title-changed': {
      many: (events, tx) =>
        add(
          tx,
          events.map(({ payload }) => titleDocument(payload)),
        ),
    },
    'catalog.venue-changed': {
      many: (events, tx) =>
        add(
          tx,
          events.map(({ payload }) => venueDocument(payload)),
        ),
    },
    'catalog.shows-scheduled': {
      many: (events, tx) =>
        schedule(
          tx,
          events.flatMap(({ payload }) => scheduled(payload)),
        ),
    },
    'catalog.show-changed': {
      many: (events, tx) =>
        schedule(
          tx,
          events.map(({ payload }) => changed(payload)),
        ),
    },
    'catalog.show-cancelled': {
      many: (events, tx) =>
        schedule(
          tx,
          events.map(({ payload }) => cancelled(payload)),
        ),
    },
    'booking.show-availability-changed': { many: reportSoldOut },
    'booking.confirmed': {
      many: (events, tx) => new StoredSignals(tx).addInterests(events.map(booked)),
    },
    'ratings.rating-changed': {
      many: (events, tx) => new StoredSignals(tx).rate(events.map(({ payload }) => payload)),
    },
    'activity.visits-recorded': {
      many: (events, tx) => new StoredSignals(tx).addInterests(events.flatMap(({ payload }) => visits(payload))),
    },
  };
}

/** Older events have no facts; `npm run search:rebuild` adds what they are about. */
async function add(tx: SqlTransaction, documents: readonly (Document | null)[]): Promise<void> {
  const known = documents.filter((document) => document !== null);
  if (known.length === 0) return;
  await new StoredDocuments(tx).add(known.map(indexed));
  await dropAnswers(tx, TEXTS);
}

async function schedule(tx: SqlTransaction, shows: readonly ScheduledShow[]): Promise<void> {
  await new StoredShows(tx).add(shows);
  await dropAnswers(tx, showsIn(shows.map(({ cityCode }) => cityCode)));
}

/** A show whose other columns another event fills. */
const UNKNOWN = { titleId: null, venueId: null, language: null, timeZone: null, startsAt: null, cancelled: false };

type Scheduled = PayloadOf<'catalog.shows-scheduled'>;
function scheduled({ cityCode, timeZone, language, venue, title, shows }: Scheduled): ScheduledShow[] {
  const of = { cityCode, timeZone, language, titleId: title.id, venueId: venue.id, version: 0, cancelled: false };
  return shows.map(({ id, startsAt }) => ({ ...of, id, startsAt }));
}

function changed({ showId, version, cityCode, startsAt }: PayloadOf<'catalog.show-changed'>): ScheduledShow {
  return { ...UNKNOWN, id: showId, version, cityCode, startsAt };
}

function cancelled({ showId, cityCode }: PayloadOf<'catalog.show-cancelled'>): ScheduledShow {
  return { ...UNKNOWN, id: showId, version: -1, cityCode, cancelled: true };
}

async function reportSoldOut(
  events: readonly DomainEvent<'booking.show-availability-changed'>[],
  tx: SqlTransaction,
): Promise<void> {
  const reports = events.map(({ payload: { showId, soldOut }, occurredAt }) => ({
    ...{ id: showId, cityCode: cityCodeOf(showId) ?? '', soldOut },
    at: new Date(occurredAt),
  }));
  await new StoredShows(tx).markSoldOut(reports);
  await dropAnswers(tx, showsIn(reports.map(({ cityCode }) => cityCode)));
}

function booked({ payload: { titleId }, occurredAt }: DomainEvent<'booking.confirmed'>): Interest {
  return { titleId, weight: WEIGHTS.BOOKING, at: new Date(occurredAt) };
}

/** Visits of people; those of a program make nothing popular. */
function visits({ visits: recorded }: PayloadOf<'activity.visits-recorded'>): Interest[] {
  return recorded.flatMap(({ titleId, kind, at, suspicious }) =>
    suspicious ? [] : [{ titleId, weight: WEIGHTS[kind], at: new Date(at) }],
  );
}
