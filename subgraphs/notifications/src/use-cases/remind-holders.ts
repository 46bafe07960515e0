import type { FetchTicketHolders, ShowReminders } from '../domain/ports.ts';
import { showStarting } from '../domain/reminder-notices.ts';
import { type DueShowReminder, isTooLate } from '../domain/show-reminder.ts';
import { notify, type NotifyDeps } from './notify.ts';

const SHOWS = 10;
const PAGE = 500;

export interface RemindHoldersDeps {
  readonly showReminders: Pick<ShowReminders, 'claim' | 'finish'>;
  readonly fetchTicketHolders: FetchTicketHolders;
  readonly transaction: <R>(work: (tx: RemindingTransaction) => Promise<R>) => Promise<R>;
}

interface RemindingTransaction extends NotifyDeps {
  readonly showReminders: Pick<ShowReminders, 'advance' | 'finish'>;
  readonly erasedAmong: (userIds: readonly string[]) => Promise<readonly string[]>;
}

/**
 * Reminds the people of shows that are due, whoever has the tickets now. A page of people and how far it came are one
 * transaction: a run that stops is taken up behind the last page. A show that fails is tried again when its lease is over,
 * and holds up no other.
 *
 * @throws {AggregateError} when shows failed
 */
export async function remindHolders(deps: RemindHoldersDeps): Promise<void> {
  const failures: unknown[] = [];
  for (let isFull = true; isFull;) {
    const shows = await deps.showReminders.claim(SHOWS);
    for (const show of shows) await remindOf(deps, show).catch((error: unknown) => failures.push(error));
    isFull = shows.length === SHOWS;
  }
  if (failures.length > 0) throw new AggregateError(failures, `people of ${failures.length} shows are reminded later`);
}

async function remindOf(deps: RemindHoldersDeps, show: DueShowReminder): Promise<void> {
  if (isTooLate(show)) return void (await deps.showReminders.finish(show));
  for (let { after } = show; ;) {
    const holders = await deps.fetchTicketHolders(show.showId, { after, first: PAGE });
    const last = holders.length < PAGE ? undefined : holders.at(-1);
    const isAsClaimed = await deps.transaction(async ({ showReminders, erasedAmong, ...telling }) => {
      const isUnchanged = await (last === undefined ? showReminders.finish(show) : showReminders.advance(show, last));
      if (!isUnchanged) return false;
      const erased = new Set(await erasedAmong(holders));
      await notify(
        telling,
        holders.filter((holder) => !erased.has(holder)).map((holder) => showStarting(holder, show)),
      );
      return true;
    });
    // A show that moved or was cancelled meanwhile is due at another time, or never.
    if (!isAsClaimed || last === undefined) return;
    after = last;
  }
}
