import type { PrismaClient } from '@marquee/prisma-booking';

import { type LayoutSection, SeatLayout } from '../domain/seat-layout.ts';
import type { SeatLayouts } from '../domain/shows.ts';

/** The most layouts kept in memory. */
const MAX_CACHED = 500;

/** Seat layouts, cached in memory since they never change. */
export class SeatLayoutRepository implements SeatLayouts {
  readonly #client: PrismaClient;
  readonly #cache = new Map<string, SeatLayout>();

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  async get(id: string): Promise<SeatLayout> {
    const cached = this.#cache.get(id);
    if (cached) return cached;
    const row = await this.#client.seatLayout.findUniqueOrThrow({ where: { id } });
    const layout = new SeatLayout(row.id, row.sections as unknown as LayoutSection[]);
    if (this.#cache.size >= MAX_CACHED) this.#cache.delete(this.#cache.keys().next().value ?? '');
    this.#cache.set(id, layout);
    return layout;
  }
}
