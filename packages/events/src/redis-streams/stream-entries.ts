import type { Redis } from 'ioredis';

/** An event in a stream. */
export interface Entry {
  readonly stream: string;
  readonly id: string;
  readonly eventId: string;
  readonly type: string;
  readonly key: string;
  readonly event: string;
  /** The number of deliveries, this one included. */
  readonly attempt: number;
}

/** Redis's flat list of names and values. */
export type Fields = readonly string[];
export type RawEntry = readonly [id: string, fields: Fields | null];

/** The event in a reply of Redis; of an entry that was trimmed, an empty one. @param attempt the number of this delivery */
export function toEntry(stream: string, [id, fields]: RawEntry, attempt: number): Entry {
  const field = (name: string): string => (fields && fieldOf(fields, name)) ?? '';
  return { stream, id, eventId: field('id'), type: field('type'), key: field('key'), event: field('event'), attempt };
}

/** The entries of a stream that a consumer has not acknowledged; null when it has no group there. */
export async function waitingIn(redis: Redis, stream: string, consumer: string): Promise<number | null> {
  const groups = (await redis.xinfo('GROUPS', stream).catch(ignoreNoStream)) as Fields[];
  const group = groups.find((fields) => fieldOf(fields, 'name') === consumer);
  if (group === undefined) return null;
  // After some deletions Redis cannot compute the lag and reports none.
  return Number(fieldOf(group, 'pending') ?? 0) + Number(fieldOf(group, 'lag') ?? 0);
}

function ignoreNoStream(error: Error): [] {
  if (error.message.includes('no such key')) return [];
  throw error;
}

/** The value of a field in Redis's flat list of names and values. */
export function fieldOf(fields: Fields, name: string): string | undefined {
  const at = fields.findIndex((field, position) => position % 2 === 0 && field === name);
  return at === -1 ? undefined : fields[at + 1];
}
