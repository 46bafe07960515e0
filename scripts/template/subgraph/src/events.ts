import { resultOf } from '@marquee/errors';
import type { EventHandlers } from '@marquee/events';

import { SampleNoteRepository } from './adapters/sample-notes.ts';
import type { Deps } from './deps.ts';
import { SampleNoteExistsError } from './errors.ts';
import { createSampleNote } from './use-cases/create-sample-note.ts';

/** Every new account gets a sample note, unless it has one already. */
export function handlers({ now }: Pick<Deps, 'now'>): EventHandlers {
  return {
    'account.registered': async ({ payload: { userId } }, tx) => {
      const deps = { sampleNotes: new SampleNoteRepository(tx), now };
      await resultOf([SampleNoteExistsError], () => createSampleNote(deps, { ownerId: userId, name: 'Welcome' }));
    },
  };
}
