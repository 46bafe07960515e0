import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';

import type { AnswerCache } from '../domain/ports.ts';

/** How long an answer is kept. What it shows drops it earlier, by its version; the order of equals may be that old. */
const KEPT_SECONDS = 60;
/** Longer than Redis takes when it is well, shorter than a search. */
const PATIENCE_MS = 50;
/** After a failure, answers are computed for so long without asking Redis. */
const AWAY_MS = 2_000;
/** Larger answers are computed again. */
const MAX_LENGTH = 32_768;

export interface AnswerCacheOptions {
  readonly redis: Pick<Redis, 'get' | 'set' | 'status'>;
  readonly namespace: string;
  readonly now: () => Date;
}

/** Answers in Redis. Without it, or when it is slow, every answer is computed. */
export function answerCacheIn({ redis, namespace, now }: AnswerCacheOptions): AnswerCache {
  const computing = new Map<string, Promise<unknown>>();
  let awayUntil = 0;
  const isAway = (): boolean => redis.status !== 'ready' || now().getTime() < awayUntil;
  const failed = (): null => {
    awayUntil = now().getTime() + AWAY_MS;
    return null;
  };
  const read = (key: string): Promise<string | null> =>
    isAway() ? Promise.resolve(null) : inTime(redis.get(key)).catch(failed);
  const keep = (key: string, answer: unknown): void => {
    const text = JSON.stringify(answer);
    if (text.length <= MAX_LENGTH && !isAway()) void inTime(redis.set(key, text, 'EX', KEPT_SECONDS)).catch(failed);
  };
  const readOrMake = async <T>(key: string, make: () => Promise<T>): Promise<T> => {
    const kept = await read(key);
    if (kept !== null) return JSON.parse(kept) as T;
    const answer = await make();
    keep(key, answer);
    return answer;
  };
  return {
    through: <T>(parts: readonly unknown[], make: () => Promise<T>): Promise<T> => {
      const key = `${namespace}:search:answer:${createHash('sha256').update(JSON.stringify(parts)).digest('base64url')}`;
      const running = computing.get(key) as Promise<T> | undefined;
      if (running) return running;
      const made = readOrMake(key, make).finally(() => computing.delete(key));
      computing.set(key, made);
      return made;
    },
  };
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('Redis is slow.')), PATIENCE_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
