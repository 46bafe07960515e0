import type { WaitlistEntry } from './waitlist.ts';

type Party = Pick<WaitlistEntry, 'tierId' | 'partySize'>;

/** The outcome of an attempt: the party has its seats, does not fit, may have none, or somebody else was quicker. */
export type OfferOutcome = 'OFFERED' | 'TOO_FEW' | 'REFUSED' | 'CHANGED';

export interface WaitlistRules {
  readonly tierIds: readonly string[];
  /** Whether parties may pass one before them that does not fit. */
  readonly mayPass: boolean;
}

const LAST_DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * Whether parties may pass one before them that does not fit into what is free. Until a day before the show seats are kept
 * until the first party fits, so that a large one is not passed for ever; from then on empty seats would stay empty.
 */
export function mayPass({ startsAt }: { readonly startsAt: Date }, now: Date): boolean {
  return startsAt.getTime() - now.getTime() <= LAST_DAY_MS;
}

/**
 * Offers seats to parties in their order. One that does not fit keeps the seats of its price tier from those behind it, and
 * no others: somebody who waits for another tier is served.
 *
 * @param parties the first who came first
 * @param offer tries seats of a tier, of any when null
 */
export async function offerInOrder<P extends Party>(
  parties: readonly P[],
  rules: WaitlistRules,
  offer: (party: P, tierId: string | null) => Promise<OfferOutcome>,
): Promise<void> {
  const room = new Room(rules);
  for (const party of parties) {
    if (room.isKept) return;
    const outcome = await firstThatFits(room.tiersFor(party), (tierId) => offer(party, tierId));
    if (outcome === 'CHANGED') return;
    if (outcome === 'TOO_FEW') room.didNotFit(party);
  }
}

async function firstThatFits(
  tierIds: readonly (string | null)[],
  offer: (tierId: string | null) => Promise<OfferOutcome>,
): Promise<OfferOutcome> {
  for (const tierId of tierIds) {
    const outcome = await offer(tierId);
    if (outcome !== 'TOO_FEW') return outcome;
  }
  return 'TOO_FEW';
}

/** The sizes of parties that may still fit. A party larger than one that did not fit does not fit either. */
class Room {
  readonly #mayPass: boolean;
  #mostInAny = Infinity;
  readonly #mostIn: Map<string, number>;

  constructor({ tierIds, mayPass: isLate }: WaitlistRules) {
    this.#mayPass = isLate;
    this.#mostIn = new Map(tierIds.map((id) => [id, Infinity]));
  }

  /** Whether every seat is kept for somebody before. */
  get isKept(): boolean {
    return this.#mostInAny === 0 || [...this.#mostIn.values()].every((most) => most === 0);
  }

  /** The tiers that a party may be offered; null stands for any. */
  tiersFor({ tierId, partySize }: Party): readonly (string | null)[] {
    if (partySize > this.#mostInAny) return [];
    const open = [...this.#mostIn].filter(([, most]) => partySize <= most).map(([id]) => id);
    if (tierId !== null) return open.includes(tierId) ? [tierId] : [];
    return this.#mayPass || open.length === this.#mostIn.size ? [null] : open;
  }

  didNotFit({ tierId, partySize }: Party): void {
    const most = this.#mayPass ? partySize - 1 : 0;
    if (tierId === null) this.#mostInAny = Math.min(this.#mostInAny, most);
    else this.#mostIn.set(tierId, Math.min(most, this.#mostIn.get(tierId) ?? Infinity));
  }
}
