import type { LayoutSection, SeatLayout } from './seat-layout.ts';
import type { TakenSeats } from './seat-map.ts';
import type { Availability, PriceTier, Show } from './show.ts';

export interface Shows {
  find(id: string): Promise<Show | null>;
  /** The shows with these ids, in any order; unknown ids are left out. */
  findMany(ids: readonly string[]): Promise<readonly Show[]>;
  /** The show's seats that cannot be held now. */
  taken(show: Show): Promise<TakenSeats>;
  /** Counts of seats by show id; unknown shows are left out. */
  availability(ids: readonly string[]): Promise<ReadonlyMap<string, Availability>>;
}

/** A layout as catalog publishes it. */
export interface PublishedLayout {
  readonly id: string;
  readonly screenId: string;
  readonly sections: readonly LayoutSection[];
}

/** A show as catalog schedules it. */
export interface ScheduledShow {
  readonly cityCode: string;
  readonly id: string;
  readonly layoutId: string;
  readonly titleId: string;
  readonly titleName: string;
  readonly venueId: string;
  readonly venueName: string;
  readonly venueOwnerId: string;
  readonly screenName: string;
  readonly timeZone: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly tiers: readonly PriceTier[];
  readonly cancellationTiers: readonly { readonly hoursBefore: number; readonly refundPercent: number }[];
  readonly highDemand: boolean;
}

export interface SeatLayouts {
  /** @throws when there is no such layout: every show's layout was saved before the show */
  get(id: string): Promise<SeatLayout>;
}

/** The copy of catalog's layouts and shows that booking sells from. */
export interface Schedule {
  saveLayout(layout: PublishedLayout): Promise<void>;
  /** @throws when the layout has not arrived yet; its event is older, so a retry finds it */
  saveShows(layoutId: string, shows: readonly ScheduledShow[]): Promise<void>;
}
