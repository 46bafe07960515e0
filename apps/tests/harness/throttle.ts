import type { CDPSession, Page } from '@playwright/test';

/** Lighthouse's mobile profile: a slow 4G network and a phone's processor. */
const PROFILE = { kilobitsPerSecond: 1_638.4, roundTripMs: 150, processorSlowdown: 4 };

/** Slows the page's network and processor down. */
export async function throttle(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  const bytesPerSecond = (PROFILE.kilobitsPerSecond * 1_000) / 8;
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    ...{ offline: false, latency: PROFILE.roundTripMs },
    ...{ downloadThroughput: bytesPerSecond, uploadThroughput: bytesPerSecond / 2 },
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: PROFILE.processorSlowdown });
  return session;
}

/** The bytes of script that the page's network brings from now on, as they are transferred. */
export async function countScript(page: Page): Promise<() => number> {
  const session = await page.context().newCDPSession(page);
  const scripts = new Set<string>();
  let bytes = 0;
  session.on('Network.responseReceived', ({ requestId, type }) => type === 'Script' && scripts.add(requestId));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await session.send('Network.enable');
  return () => bytes;
}

/** When the largest content was painted, in milliseconds since the navigation. */
export function largestPaint(page: Page): Promise<{ at: number; what: string }> {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        new PerformanceObserver((list) => {
          const last = list.getEntries().at(-1) as LargestContentfulPaint | undefined;
          resolve({ at: last?.startTime ?? 0, what: last?.element?.outerHTML.slice(0, 120) ?? '' });
        }).observe({ type: 'largest-contentful-paint', buffered: true });
      }),
  );
}
