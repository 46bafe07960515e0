import type { EventHandlers, PayloadOf } from '@marquee/events';

import { noteFoundShows } from './adapters/reminders.ts';
import { ShowReminderRepository } from './adapters/show-reminders.ts';
import { cityIdOf, type FoundShows } from './domain/reminder.ts';
import type { RemindedShow } from './domain/show-reminder.ts';

type Scheduled = PayloadOf<'catalog.shows-scheduled'>;

/** Shows, as people are to be reminded of them, follow those of catalog. */
export const reminderHandlers: EventHandlers = {
  'catalog.shows-scheduled': {
    many: async (events, tx) => {
      const payloads = events.map(({ payload }) => payload);
      await new ShowReminderRepository(tx).schedule(payloads.flatMap(remindedShows));
      await noteFoundShows(tx, payloads.flatMap(foundShows));
    },
  },
  'catalog.show-changed': {
    many: (events, tx) =>
      new ShowReminderRepository(tx).change(
        events.map(({ payload: { showId, version, startsAt } }) => ({ showId, version, startsAt: new Date(startsAt) })),
      ),
  },
  'catalog.show-cancelled': {
    many: (events, tx) => new ShowReminderRepository(tx).cancel(events.map(({ payload }) => payload.showId)),
  },
};

function remindedShows({ title, venue, timeZone, shows }: Scheduled): RemindedShow[] {
  return shows.map(({ id: showId, startsAt }) => ({
    ...{ showId, titleName: title.name, venueName: venue.name },
    ...{ startsAt: new Date(startsAt), timeZone },
  }));
}

/** None, when nothing is scheduled after all. */
function foundShows({ title, venue, cityCode, timeZone, salesOpenAt, shows }: Scheduled): FoundShows[] {
  const [startsAt] = shows.map((show) => show.startsAt).toSorted();
  if (startsAt === undefined) return [];
  const cityId = cityIdOf(cityCode);
  return [{ titleId: title.id, cityId, titleName: title.name, venueName: venue.name, startsAt, timeZone, salesOpenAt }];
}
