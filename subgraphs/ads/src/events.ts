import type { EventHandlers } from '@marquee/events';

import { AdEventRepository } from './adapters/ad-events.ts';
import type { Deps } from './deps.ts';
import { seenIn } from './domain/ad-event.ts';

/** Counts what was seen and followed. */
export function handlers({ tokens }: Pick<Deps, 'tokens'>): EventHandlers {
  return {
    'activity.ad-events-recorded': {
      many: (all, tx) => {
        const events = all.flatMap(({ payload }) => payload.events);
        return new AdEventRepository(tx).record(seenIn(events, (token) => tokens.placementIn(token)));
      },
    },
  };
}
