import type { RetryPolicy } from '../src/index.ts';

export const QUICK_RETRY: RetryPolicy = { attempts: 3, firstDelayMs: 20, maxDelayMs: 200 };
