import type { SharedCacheOutcome } from '@marquee/redis';
import { counterIn, type Instruments, type Log } from '@marquee/telemetry';

/** Counts how feeds were read, and how often they went without ads. */
export function observeFeeds({ metrics }: Instruments, log: Log) {
  const reads =
    metrics &&
    counterIn(metrics, {
      name: 'marquee_feed_reads_total',
      help: 'Parts of feeds that were read: from a cache, loaded, or old because they could not be',
      labelNames: ['part', 'outcome'],
    });
  const withoutAds =
    metrics &&
    counterIn(metrics, { name: 'marquee_feed_without_ads_total', help: 'Failures of ads, which feeds did without' });
  return {
    onRead: (part: 'city' | 'taste') => (outcome: SharedCacheOutcome) => reads?.inc({ part, outcome }),
    onAdsFailure: (err: unknown): void => {
      withoutAds?.inc();
      log.warn({ err }, 'ads could not be asked: feeds are without them for a moment');
    },
  };
}
