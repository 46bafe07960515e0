import type { FoundReminders } from '../domain/ports.ts';
import { showsFound } from '../domain/reminder.ts';
import { notify, type NotifyDeps } from './notify.ts';

const BATCH = 500;

export interface TellFoundShowsDeps {
  readonly transaction: <R>(
    work: (tx: NotifyDeps & { readonly foundReminders: FoundReminders }) => Promise<R>,
  ) => Promise<R>;
}

/** Tells everybody whose title has shows now, and ends what they waited with: once each, whenever it is stopped. */
export async function tellFoundShows({ transaction }: TellFoundShowsDeps): Promise<void> {
  for (;;) {
    const told = await transaction(async ({ foundReminders, ...telling }) => {
      const found = await foundReminders.take(BATCH);
      await notify(telling, found.map(showsFound));
      return found.length;
    });
    if (told < BATCH) return;
  }
}
