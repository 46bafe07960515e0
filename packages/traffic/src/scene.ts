import type { Actor } from './actor.ts';
import { BoxOffice } from './box-office.ts';
import type { Sender, Tracked, TrackedName } from './events.ts';
import type { City, Marketplace, Title } from './marketplace.ts';
import { Random } from './random.ts';
import type { TrafficSettings } from './settings.ts';
import { EventStream } from './stream.ts';
import { TitleChoice } from './taste.ts';

/** The surroundings that everybody in a simulation shares. */
export interface Scene {
  readonly marketplace: Marketplace;
  readonly random: Random;
  readonly stream: EventStream;
  readonly boxOffice: BoxOffice;
  readonly choice: TitleChoice;
  readonly from: number;
  readonly until: number;
}

/** Something that somebody begins to do at a moment; what it causes comes later. */
export interface Plan {
  readonly at: number;
  readonly run: () => void;
}

export function openScene({ seed, from, days, marketplace }: TrafficSettings): Scene {
  const random = new Random(seed);
  return {
    ...{ marketplace, random, stream: new EventStream(seed), boxOffice: new BoxOffice(marketplace) },
    choice: new TitleChoice(marketplace, random.fork('taste')),
    ...{ from: from.getTime(), until: from.getTime() + days * 86_400_000 },
  };
}

/** Somebody at a client. */
export interface Visit {
  readonly actor: Actor;
  readonly sender: Sender;
  readonly city: City;
}

type About = Partial<Pick<Tracked, 'showId' | 'searchText' | 'impressionToken'>> & { readonly title?: Title };

/** Records a click. There are millions, so the payload is written out: spreading took most of the time. */
export function track({ stream }: Scene, visit: Visit, name: TrackedName, at: number, about: About = {}): void {
  const { userId, visitorId, network, device } = visit.sender;
  stream.add(visit.actor, 'tracked', at, {
    name,
    userId,
    visitorId,
    network,
    device,
    cityId: visit.city.id,
    cityCode: visit.city.code,
    titleId: about.title?.id ?? null,
    showId: about.showId ?? null,
    searchText: about.searchText ?? null,
    impressionToken: about.impressionToken ?? null,
  });
}
