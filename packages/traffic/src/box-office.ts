import type { Marketplace, Show } from './marketplace.ts';

const SEATS_A_ROW = 20;

/** The seats of a show that can be taken, and those that come back. */
interface Seats {
  /** The best first. */
  free: string[];
  returns: { readonly at: number; readonly labels: readonly string[] }[];
}

/** The shows on sale, and the seats that are left in each. */
export class BoxOffice {
  readonly #seats = new Map<string, Seats>();
  readonly #byTitle = new Map<string, Show[]>();
  readonly #byPrice = new Map<string, Show[]>();

  constructor({ shows }: Marketplace) {
    for (const show of shows.toSorted((a, b) => a.startsAt - b.startsAt)) {
      listIn(this.#byTitle, titleIn(show)).push(show);
      listIn(this.#byPrice, show.cityCode).push(show);
    }
    for (const list of this.#byPrice.values()) list.sort((a, b) => a.price.amount - b.price.amount);
  }

  /** Shows of a title that can be bought at a moment, the first first. */
  showsOf(titleId: string, cityCode: string, at: number): Show[] {
    return (this.#byTitle.get(titleIn({ titleId, cityCode })) ?? []).filter((show) => isOnSale(show, at));
  }

  /** The cheapest show of a city that has a seat left. */
  cheapest(cityCode: string, at: number): Show | undefined {
    return this.#byPrice.get(cityCode)?.find((show) => isOnSale(show, at) && this.#seatsOf(show, at).length > 0);
  }

  /** Takes the best free seats, all or none. */
  take(show: Show, count: number, at: number): readonly string[] | null {
    const free = this.#seatsOf(show, at);
    return free.length < count ? null : free.splice(0, count);
  }

  /** Puts seats back on sale from a moment on; they were the best, so they go first. */
  giveBack({ id }: Show, labels: readonly string[], at: number): void {
    this.#seats.get(id)?.returns.push({ at, labels });
  }

  #seatsOf({ id, seats }: Show, at: number): string[] {
    const known = this.#seats.get(id);
    if (!known) {
      const free = Array.from({ length: seats }, (_, seat) => labelOf(seat));
      this.#seats.set(id, { free, returns: [] });
      return free;
    }
    const due = known.returns.filter((each) => each.at <= at);
    if (due.length > 0) {
      known.returns = known.returns.filter((each) => each.at > at);
      known.free.unshift(...due.flatMap(({ labels }) => labels));
    }
    return known.free;
  }
}

function isOnSale({ salesOpenAt, startsAt }: Show, at: number): boolean {
  return salesOpenAt <= at && at < startsAt;
}

function titleIn({ titleId, cityCode }: Pick<Show, 'titleId' | 'cityCode'>): string {
  return `${cityCode}|${titleId}`;
}

/** Such as `A1`; rows after Z have two letters. */
function labelOf(seat: number): string {
  const row = Math.floor(seat / SEATS_A_ROW);
  const letters = row < 26 ? String.fromCharCode(65 + row) : `A${String.fromCharCode(65 + (row % 26))}`;
  return `${letters}${(seat % SEATS_A_ROW) + 1}`;
}

function listIn<Item>(lists: Map<string, Item[]>, key: string): Item[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
