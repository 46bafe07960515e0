import type { Notice } from './notification.ts';

/** A person's wait for shows of a title in a city. */
export interface Reminder {
  readonly id: string;
  readonly userId: string;
  readonly titleId: string;
  readonly cityId: string;
  readonly createdAt: Date;
}

/** The first shows of a title in a city since people began to wait for them. */
export interface FoundShows {
  readonly titleId: string;
  readonly cityId: string;
  readonly titleName: string;
  readonly venueName: string;
  readonly startsAt: string;
  readonly timeZone: string;
  /** Null when they are on sale already. */
  readonly salesOpenAt: string | null;
}

/** A reminder whose shows are there. */
export interface FoundReminder extends Pick<Reminder, 'id' | 'userId'> {
  readonly found: FoundShows;
}

/** Titles that a person can wait for at once. */
export const MAX_REMINDERS = 100;

/** The id of a city, by the code that events have. */
export const cityIdOf = (cityCode: string): string => `cty_${cityCode}`;

/** The notice that shows of a title are there. */
export function showsFound({ id, userId, found }: FoundReminder): Notice {
  const { titleId, titleName, venueName, startsAt, timeZone, salesOpenAt } = found;
  const values = {
    ...{ titleName, venueName, starts: { at: startsAt, timeZone } },
    salesOpen: salesOpenAt === null ? null : { at: salesOpenAt, timeZone },
  };
  const message = { key: 'showsFound', values } as const;
  const about = { type: 'TITLE', id: titleId } as const;
  return { userId, kind: 'WAITLIST', bookingId: null, about, message, key: `reminder ${id}`, isBulk: true };
}
