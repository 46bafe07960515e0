import type { Redis } from 'ioredis';

/** Waiting longer for Redis would cost a request more than what Redis knows is worth, ms. */
const PATIENCE_MS = 100;

/** Asks Redis when it is there. @throws when it is not, or does not answer in time */
export async function askPromptly<T>(redis: Redis, ask: () => Promise<T>): Promise<T> {
  if (redis.status !== 'ready') throw new Error('There is no connection to Redis');
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('Redis did not answer in time')), PATIENCE_MS);
  });
  try {
    return await Promise.race([ask(), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
