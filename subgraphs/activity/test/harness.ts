import { randomUUID } from 'node:crypto';
import { PrismaClient } from '@marquee/prisma-activity';
import { ANONYMOUS, type Caller } from '@marquee/subgraph';
import { eventually } from '@marquee/testkit';
import { type Harness, type HarnessOptions, openHarness } from '@marquee/testkit/harness';
import { expect } from 'vitest';

import { subgraph } from '../src/subgraph.ts';

export { userCaller as user } from '@marquee/testkit/harness';

export type Input = Record<string, unknown>;

export interface ActivityHarness extends Harness<PrismaClient> {
  /** Sends events as a client does. @returns what was accepted, or the error's extensions */
  track(events: readonly Input[], caller?: Caller): Promise<{ accepted: number; duplicates: number } | Input>;
  /** Waits until nothing waits to be loaded that was tracked before. */
  loaded(): Promise<void>;
  rows<Row>(sql: string): Promise<Row[]>;
}

const TRACK = 'mutation ($events: [TrackEventInput!]!) { trackEvents(events: $events) { accepted duplicates } }';

/** A name that nothing means anything by. */
const MARKER = 'loaded_so_far';

/** The subgraph, loading every 20 ms; not started with `start: false`. */
export async function openActivity(options: Partial<HarnessOptions> = {}): Promise<ActivityHarness> {
  const settings = { loadIntervalMs: 20, ...options.settings };
  const harness = await openHarness(subgraph, PrismaClient, { ...options, settings });
  const rows = <Row>(sql: string): Promise<Row[]> => harness.database.$queryRawUnsafe<Row[]>(sql);
  const track: ActivityHarness['track'] = async (events, caller = ANONYMOUS) => {
    const { data, errors } = await harness.execute(TRACK, caller, { events });
    return errors
      ? { ...errors[0]?.extensions, message: errors[0]?.message }
      : (data as never as { trackEvents: Input }).trackEvents;
  };
  return {
    ...harness,
    ...{ track, rows },
    loaded: async () => {
      const marker = tracked(MARKER);
      await track([marker]);
      await eventually(async () => {
        expect(await rows(`SELECT FROM events WHERE id = '${String(marker['id'])}'`)).toHaveLength(1);
      });
    },
  };
}

/** An event, now, unless it says otherwise. */
export function tracked(name: string, more: Input = {}): Input & { readonly id: string } {
  return { id: randomUUID(), name, at: new Date().toISOString(), ...more };
}
