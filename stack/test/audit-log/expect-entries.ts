import { eventually } from '@marquee/testkit';
import { expect } from 'vitest';

import type { Marketplace } from '../marketplace.ts';
import { query } from '../server-process.ts';
import { TRACES } from './entries.ts';

/** Waits until the audit log has an entry of each of these mutations that leaves one. @param mutations served ones */
export async function expectEntries({ databaseUrl }: Marketplace, mutations: readonly string[]): Promise<void> {
  const traces = mutations.flatMap((name) => TRACES[name] ?? []);
  const actions = traces.flatMap((trace) => ('action' in trace ? [trace.action] : []));
  expect(actions.length).toBeGreaterThan(0);
  await eventually(async () => {
    const found = (await query(databaseUrl('accounts'), 'SELECT DISTINCT action FROM audit_log')) as {
      action: string;
    }[];
    const logged = new Set(found.map(({ action }) => action));
    expect(actions.filter((action) => !logged.has(action))).toEqual([]);
  });
}
