import type { RetryPolicy } from '../src/index.ts';

/** Fast enough for a test, slow enough to be seen. */
export const QUICK_RETRY: RetryPolicy = { attempts: 3, firstDelayMs: 20, maxDelayMs: 200 };
