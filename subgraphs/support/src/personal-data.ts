import type { PersonalData } from '@marquee/subgraph';

import { PeopleRepository } from './adapters/people.ts';
import type { Deps } from './deps.ts';

/** Tickets, chats and ratings of customers. Internal notes are support's, and go with the account as well. */
export function personalData({ people, calendars }: Pick<Deps, 'people' | 'calendars'>): PersonalData {
  return {
    export: (userId) => people.export(userId),
    erase: (userId, tx) => new PeopleRepository(tx).erase(userId, calendars),
  };
}
