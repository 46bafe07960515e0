import { cancel, passOn } from './after-sale.ts';
import type { Show, Title } from './marketplace.ts';
import type { Person } from './population.ts';
import { buy, holdSeats, letGo, type Order } from './purchase.ts';
import { type Random, sumsOf } from './random.ts';
import { type Plan, type Scene, track, type Visit } from './scene.ts';

const SECOND_MS = 1000;
const PARTIES = sumsOf([20, 50, 12, 13, 3, 2]);
const DECLINES = 0.05;
const CANCELS = 0.03;

/** The sessions of honest people: what they look at, and whether they buy. */
export class Sessions {
  readonly #scene: Scene;
  readonly #random: Random;
  /** The title that each person looked at last, and may come back to. */
  readonly #last = new Map<string, Title>();
  readonly #invited = new Set<string>();

  constructor(scene: Scene) {
    this.#scene = scene;
    this.#random = scene.random.fork('sessions');
  }

  /** An ordinary session. */
  plan(person: Person, at: number): Plan {
    return { at, run: () => this.#browse(person, this.#visitOf(person), at) };
  }

  /** The first session with a new account. */
  planRegistration(person: Person, at: number): Plan {
    const { userId, invitedBy } = person;
    const code = invitedBy === null ? {} : { referralCode: `REF_${invitedBy}` };
    const run = (): void => {
      this.#scene.stream.add(person.actor, 'account.registered', at, { userId, ...code });
      this.#browse(person, this.#visitOf(person, true), at + this.#random.around(30) * SECOND_MS);
    };
    return { at, run };
  }

  #visitOf({ actor, userId, visitorId, networks, devices, city }: Person, isSignedIn = false): Visit {
    const random = this.#random;
    const network = networks[random.chance(0.6) ? 0 : 1] ?? '';
    const device = random.pick(devices);
    const signedIn = isSignedIn || random.chance(0.7);
    return { actor, city, sender: { userId: signedIn ? userId : null, visitorId, network, device } };
  }

  #browse(person: Person, visit: Visit, start: number): void {
    const random = this.#random;
    let at = this.#seeAds(visit, start);
    let title = this.#last.get(person.userId);
    const isBack = title !== undefined && random.chance(0.2);
    for (let view = 0; view === 0 || random.chance(0.62); view++) {
      if (!isBack || view > 0 || !title) title = this.#scene.choice.choose(person.taste, random);
      at = this.#lookAt(visit, title, at, view === 0 && !isBack && random.chance(0.35));
    }
    if (!title) return;
    this.#last.set(person.userId, title);
    this.#consider(person, visit, title, at);
  }

  #seeAds(visit: Visit, start: number): number {
    const random = this.#random;
    if (!random.chance(0.3)) return start;
    const impressionToken = this.#scene.stream.newId('imp');
    track(this.#scene, visit, 'ad_impression', start, { impressionToken });
    const clicked = start + random.around(6) * SECOND_MS;
    if (random.chance(0.015)) track(this.#scene, visit, 'ad_click', clicked, { impressionToken });
    return clicked;
  }

  /** A title's page, found by a search or not. @returns when they have read it */
  #lookAt(visit: Visit, title: Title, start: number, isSearched: boolean): number {
    const random = this.#random;
    let at = start;
    if (isSearched) {
      const searchText = title.name.slice(0, 4 + random.int(12)).toLowerCase();
      track(this.#scene, visit, 'search', at, { searchText });
      at += random.around(5) * SECOND_MS;
      track(this.#scene, visit, 'search_click', at, { title, searchText });
      at += SECOND_MS;
    }
    track(this.#scene, visit, 'title_view', at, { title });
    return at + random.around(18, 0.9) * SECOND_MS;
  }

  #consider(person: Person, visit: Visit, title: Title, start: number): void {
    const random = this.#random;
    const shows = this.#scene.boxOffice.showsOf(title.id, visit.city.code, start);
    if (shows.length === 0 || !random.chance(0.25 + person.intent)) return;
    const show = random.pick(shows);
    track(this.#scene, visit, 'show_view', start, { title, showId: show.id });
    const mapAt = start + random.around(12) * SECOND_MS;
    if (!random.chance(0.5 + person.intent)) return;
    track(this.#scene, visit, 'seat_map_view', mapAt, { title, showId: show.id });
    // Of those who get here, the others only wanted to know.
    if (!random.chance(0.35 + 2 * person.intent)) return;
    this.#order(person, visit, show, mapAt + random.around(35, 0.7) * SECOND_MS);
  }

  #order(person: Person, visit: Visit, show: Show, at: number): void {
    const { userId, visitorId, network, device } = { ...visit.sender, userId: person.userId };
    const sender = { userId, visitorId, network, device };
    const order: Order = {
      ...{ ...visit, sender, customerId: userId, show, card: person.card, declineRate: DECLINES },
      seats: person.kind === 'FAN' && this.#random.chance(0.25) ? 8 : this.#random.weighted(PARTIES) + 1,
      seconds: this.#random.around(90, 0.6),
      invitedBy: this.#invited.has(userId) ? null : person.invitedBy,
    };
    this.purchase(order, at, person.hesitation);
  }

  /** Holds seats, and buys them unless they hesitate. @returns whether there were seats */
  purchase(order: Order, at: number, hesitation: number): boolean {
    const random = this.#random;
    const hold = holdSeats(this.#scene, order, at);
    if (!hold) return false;
    if (random.chance(hesitation)) {
      letGo(this.#scene, hold, random.chance(0.5) ? random.around(120, 0.8) : Infinity);
      return true;
    }
    const sale = buy(this.#scene, hold);
    if (!sale) return true;
    this.#invited.add(order.customerId);
    if (random.chance(CANCELS)) cancel(this.#scene, sale, random.around(20, 1));
    else if (random.chance(order.seats > 4 ? 0.2 : 0.03)) passOn(this.#scene, sale, random.around(24, 1));
    return true;
  }
}
