import { code, eventMaker, id, instant, type PayloadsOf } from '@marquee/events';
import { z } from 'zod';

import { REASONS } from './domain/risk/features.ts';
import { LEVELS } from './domain/risk/level.ts';

/** The most entries of one event. */
export const EVENT_ENTRIES = 500;

const tracked = {
  eventId: id,
  /** Null for somebody who was not signed in. */
  userId: id.nullable(),
  /** A keyed hash: the same for what one client did, and of no use elsewhere. */
  visitorId: id,
  at: instant,
  /** Whether it counts nothing: its visitor is suspected of not being a person. */
  suspicious: z.boolean(),
};

/** Events of activity. Those of tracked events have many, and the id of the first as key. */
export const emits = {
  /** People looked at titles. */
  'activity.visits-recorded': z.object({
    visits: z
      .array(
        z.object({
          ...tracked,
          kind: z.enum(['TITLE_VIEW', 'SHOW_VIEW', 'SEARCH_CLICK']),
          titleId: id,
          /** Null where the client did not say. */
          cityCode: code.nullable(),
        }),
      )
      .max(EVENT_ENTRIES)
      .readonly(),
  }),
  /** Sponsored cards were shown or clicked, as their clients say: who signed the token judges it. */
  'activity.ad-events-recorded': z.object({
    events: z
      .array(z.object({ ...tracked, kind: z.enum(['IMPRESSION', 'CLICK']), impressionToken: id }))
      .max(EVENT_ENTRIES)
      .readonly(),
  }),
  /** The level of a person's risk inside the sale from now on, until it ends; keyed by the person. */
  'activity.risk-changed': z.object({
    userId: id,
    /** Grows with each change: a late event with an older one is overtaken. */
    version: z.int(),
    level: z.enum(LEVELS),
    reasons: z.array(code).max(REASONS.length).readonly(),
    /** Null until somebody decides otherwise. */
    until: instant.nullable(),
  }),
  /** A case of risk, for subscribers. */
  'activity.risk-case-opened': z.object({ caseId: id, version: z.int() }),
};

declare module '@marquee/events/catalogue' {
  interface EventPayloads extends PayloadsOf<typeof emits> {}
}

export const newEvent = eventMaker(emits);
