import type { Notice } from './notification.ts';
import type { DueShowReminder } from './show-reminder.ts';

/** The notice that a show begins soon. A show that moves is told of again before its new time. */
export function showStarting(
  userId: string,
  { showId, titleName, venueName, startsAt, timeZone, hours }: DueShowReminder,
): Notice {
  const at = startsAt.toISOString();
  const values = { titleName, venueName, starts: { at, timeZone } };
  return {
    ...{ userId, kind: 'BOOKING', bookingId: null, about: { type: 'SHOW', id: showId }, isBulk: true },
    message: { key: hours > 2 ? 'showTomorrow' : 'showSoon', values },
    key: `show ${showId} at ${at}, ${hours} h before`,
    topic: `show ${showId}`,
    expiresAt: startsAt,
  };
}
