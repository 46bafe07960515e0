import type { PrismaClient } from '@marquee/prisma-booking';
import { LRUCache } from 'lru-cache';

import { type LayoutSection, SeatLayout } from '../domain/seat-layout.ts';
import type { SeatLayouts } from '../domain/shows.ts';

const MAX_CACHED_LAYOUTS = 500;

/** Seat layouts, cached in memory since they never change. */
export class SeatLayoutRepository implements SeatLayouts {
  readonly #client: PrismaClient;
  readonly #cache = new LRUCache<string, SeatLayout>({ max: MAX_CACHED_LAYOUTS });

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  async get(id: string): Promise<SeatLayout> {
    const cached = this.#cache.get(id);
    if (cached) return cached;
    const row = await this.#client.seatLayout.findUniqueOrThrow({ where: { id } });
    const layout = new SeatLayout(row.id, row.sections as unknown as LayoutSection[]);
    this.#cache.set(id, layout);
    return layout;
  }
}
