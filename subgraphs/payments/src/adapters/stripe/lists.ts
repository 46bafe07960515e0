import type { TimeWindow } from '../../domain/payment-provider.ts';
import { type Refusal, resolved } from './errors.ts';

const PAGE = 100;

/** A page of a list. */
export type Range = { created?: { gte: number; lt: number }; limit: number; starting_after?: string };
type List<T> = (range: Range) => Promise<{ data: T[]; has_more: boolean } | Refusal>;

/** The pages of a list, latest first, as Stripe orders them. */
export async function* pages<T extends { id: string }>(
  list: List<T>,
  within: Pick<Range, 'created'>,
): AsyncIterable<T[]> {
  let after: { starting_after?: string } = {};
  for (;;) {
    const { data, has_more: hasMore } = resolved(await list({ ...within, ...after, limit: PAGE }));
    yield data;
    const last = data.at(-1);
    if (!hasMore || !last) return;
    after = { starting_after: last.id };
  }
}

/** All of a window, which has few pages, turned around. Stripe's times are whole seconds. */
export async function* oldestFirst<T extends { id: string }, R>(
  list: List<T>,
  { from, to }: TimeWindow,
  read: (item: T) => R,
): AsyncIterable<readonly R[]> {
  const created = { gte: Math.floor(from.getTime() / 1_000), lt: Math.ceil(to.getTime() / 1_000) };
  const found: T[][] = [];
  for await (const page of pages(list, { created })) found.unshift(page.toReversed());
  for (const page of found) if (page.length > 0) yield page.map(read);
}
