import { counterIn, type Instruments, observe } from '@marquee/telemetry';

import type { SegmentFolder } from './event-log/segment-folder.ts';

/** Exports what waits to be loaded. @returns what counts loaded events */
export function observeLoading(folder: SegmentFolder, { metrics }: Instruments, now: () => Date) {
  const loaded =
    metrics && counterIn(metrics, { name: 'marquee_activity_loaded_total', help: 'Events that were loaded' });
  const torn =
    metrics &&
    counterIn(metrics, {
      name: 'marquee_activity_torn_bytes_total',
      help: 'Bytes at ends of segments that were dropped',
    });
  if (metrics) {
    observe(metrics, {
      name: 'marquee_activity_backlog_bytes',
      help: 'Events on disk that are not loaded',
      read: async () => (await folder.backlog()).bytes,
    });
    observe(metrics, {
      name: 'marquee_activity_refused_segments',
      help: 'Files of events that the database refuses, which the next start tries again',
      read: () => folder.refused(),
    });
    observe(metrics, {
      name: 'marquee_activity_lag_seconds',
      help: 'For how long the oldest event that is not loaded may have waited',
      read: async () => {
        const { since } = await folder.backlog();
        return since === null ? 0 : Math.max(0, (now().getTime() - since.getTime()) / 1_000);
      },
    });
  }
  return ({ events, tornBytes }: { readonly events: number; readonly tornBytes: number }): void => {
    loaded?.inc(events);
    torn?.inc(tornBytes);
  };
}
