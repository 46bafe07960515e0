import { ownFolder, secretKey } from '@marquee/subgraph';
import { z } from 'zod';

import { riskSettings } from './domain/risk/settings.ts';

const days = z.coerce.number().int().positive().describe('a whole number of days, at least 1');

export const settings = z.object({
  /** Hashes clients, networks and browsers, which are not stored themselves. With another key all visitors are new ones. */
  visitorKey: secretKey(),
  /** Where accepted events are until they are loaded, and archives: on a volume that outlives the process. */
  folder: ownFolder(),
  /** The events on disk above which no more are accepted. */
  maxBacklogMb: z.coerce.number().int().positive().default(1_024).describe('megabytes, at least 1'),
  /** The time between two loads. */
  loadIntervalMs: z.coerce.number().int().positive().default(500).describe('milliseconds, at least 1'),
  /** Days that events are kept before they are archived. */
  eventDays: days.min(16).default(35),
  /** Days that sessions and counts are kept. */
  reportDays: days.min(16).default(400),
  /** Days that people's histories are kept. */
  historyDays: days.default(400),
  ...riskSettings,
});

export type Settings = z.output<typeof settings>;
