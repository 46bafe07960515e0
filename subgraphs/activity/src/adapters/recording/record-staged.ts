import type { SqlTransaction } from '@marquee/database';

import { emitFresh } from './emitted.ts';
import { judgeClicks } from '../risk/clicks.ts';
import { addNames } from './event-names.ts';
import { storeEvents } from './events.ts';
import { takeFresh } from './fresh-events.ts';
import { addToHistories, noteVisitors } from './histories.ts';
import { countMinutes } from './minutes.ts';
import { mergeSessions } from './sessions.ts';
import { lockRecording } from './stage.ts';

/** The statements for new events: each reads `fresh_events`, in the transaction that stores them. */
const STEPS = [judgeClicks, storeEvents, countMinutes, mergeSessions, addToHistories, noteVisitors, emitFresh];

/** Records the staged events, each once, with all that is counted of them. @returns how many were new */
export async function recordStaged(tx: SqlTransaction): Promise<number> {
  await lockRecording(tx);
  await addNames(tx);
  const fresh = await takeFresh(tx);
  if (fresh > 0) for (const step of STEPS) await step(tx);
  return fresh;
}
