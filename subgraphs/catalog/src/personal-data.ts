import type { PersonalData } from '@marquee/subgraph';

import type { Deps } from './deps.ts';

/** The venues and titles that a partner added. They are public and their organisation's, so that they stay. */
export const personalData = ({ heldData }: Pick<Deps, 'heldData'>): PersonalData => ({
  export: (userId) => heldData.of(userId),
  erase: async () => undefined,
});
