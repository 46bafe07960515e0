import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@marquee/testkit';
import { expect, onTestFinished, test } from 'vitest';

import { seedBookingsInBackground } from '../src/audience/in-background.ts';
import { settingsFrom } from '../src/settings.ts';
import { openStateFolder } from '../src/state-folder.ts';

/** Port 1 has no server. */
const UNREACHABLE = 'postgres://127.0.0.1:1/booking';

function startSeeding(): { stop: () => Promise<void>; logFile: string; said: string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'marquee-seed-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const state = openStateFolder(folder);
  const said: string[] = [];
  const stop = seedBookingsInBackground({
    supergraph: {
      endpoint: 'http://127.0.0.1:1/graphql',
      metricsUrl: 'http://127.0.0.1:1/metrics',
      providerUrl: '',
      mailUrl: '',
      pushUrl: '',
      databaseUrls: { booking: UNREACHABLE },
    },
    settings: settingsFrom({}, []),
    state,
    progress: { say: (line) => void said.push(line), step: (_label, work) => work() },
  });
  return { stop, logFile: state.logFile, said };
}

test('bookings that cannot be seeded are reported and logged, and stop nothing', async () => {
  const { stop, logFile, said } = startSeeding();
  await eventually(() => {
    expect(said).toEqual([expect.stringContaining('seed: not all demo bookings could be made')]);
    expect(readFileSync(logFile, 'utf8')).toContain('ECONNREFUSED');
  });
  await stop();
});

test('a stack that stops meanwhile reports nothing', async () => {
  const { stop, said } = startSeeding();
  await stop();
  expect(said).toEqual([]);
});
