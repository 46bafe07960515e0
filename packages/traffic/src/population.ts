import { type Actor, honest, type HonestKind } from './actor.ts';
import type { City } from './marketplace.ts';
import { type Random, sumsOf } from './random.ts';
import type { Taste, TitleChoice } from './taste.ts';

/** Somebody who looks and sometimes buys. */
export interface Person {
  readonly actor: Actor;
  readonly kind: HonestKind;
  readonly userId: string;
  readonly visitorId: string;
  readonly city: City;
  readonly taste: Taste;
  readonly devices: readonly string[];
  /** At home, and where they spend the day. */
  readonly networks: readonly string[];
  readonly card: string;
  /** Sessions, relative to the average. */
  readonly activity: number;
  /** The share of sessions that end with a hold. */
  readonly intent: number;
  /** The share of holds that are let go. */
  readonly hesitation: number;
  /** Null for who had an account before the simulation began. */
  readonly registersAt: number | null;
  /** Whose invitation they sign up with. */
  readonly invitedBy: string | null;
}

export interface PopulationSettings {
  readonly people: number;
  readonly cities: readonly City[];
  readonly from: number;
  readonly until: number;
}

interface Traits {
  readonly activity: number;
  readonly intent: number;
  readonly hesitation: number;
}

const TRAITS: Readonly<Record<HonestKind, Traits>> = {
  CASUAL: { activity: 0.9, intent: 0.08, hesitation: 0.18 },
  FAMILY: { activity: 0.9, intent: 0.1, hesitation: 0.18 },
  OFFICE: { activity: 1, intent: 0.08, hesitation: 0.18 },
  FAN: { activity: 3.5, intent: 0.22, hesitation: 0.1 },
  HESITANT: { activity: 1.2, intent: 0.2, hesitation: 0.72 },
  CROWD: { activity: 1, intent: 1, hesitation: 0.1 },
};
const SINGLES: readonly { readonly kind: HonestKind; readonly share: number }[] = [
  { kind: 'CASUAL', share: 66 },
  { kind: 'OFFICE', share: 22 },
  { kind: 'FAN', share: 5 },
  { kind: 'HESITANT', share: 7 },
];
const SHARES = sumsOf(SINGLES.map(({ share }) => share));
const FAMILIES = 0.22;
const HOME = 4;
/** People, of whom those with an office share it. */
const OFFICE = 800;
const NEWCOMERS = 0.08;
const INVITED = 0.3;
/** The share of people whose days are on the network of a mobile operator, which many share. */
const MOBILE = 0.35;
const MOBILE_NETWORKS = 60;

/** People of one home: a family, or a house of strangers. */
interface Home {
  readonly number: number;
  readonly city: City;
  readonly isFamily: boolean;
}

/** Honest people, in the cities by a long tail: the first has most of them. */
export function populate(settings: PopulationSettings, choice: TitleChoice, random: Random): Person[] {
  const { cities, people } = settings;
  const sizes = sumsOf(cities.map((_, rank) => 1 / (rank + 2)));
  const homes = Array.from({ length: Math.ceil(people / HOME) }, (_, number): Home => {
    const city = cities[random.weighted(sizes)];
    if (!city) throw new RangeError('A marketplace needs cities');
    return { number, city, isFamily: random.chance(FAMILIES) };
  });
  return Array.from({ length: people }, (_, number) =>
    personOf(number, { home: homes[Math.floor(number / HOME)] as Home, choice, random, settings }),
  );
}

interface Birth {
  readonly home: Home;
  readonly choice: TitleChoice;
  readonly random: Random;
  readonly settings: PopulationSettings;
}

function personOf(number: number, { home, choice, random, settings }: Birth): Person {
  const kind = home.isFamily ? 'FAMILY' : (SINGLES[random.weighted(SHARES)]?.kind ?? 'CASUAL');
  const { activity, intent, hesitation } = TRAITS[kind];
  const isNew = random.chance(NEWCOMERS);
  const own = home.isFamily ? `home_${home.number}` : String(number);
  return {
    ...{ actor: honest(`person_${number}`, kind), kind, city: home.city, taste: choice.newTaste(random) },
    ...{ userId: `usr_sim_${number}`, visitorId: `vis_sim_${number}` },
    devices: [`dev_${number}`, ...(random.chance(0.4) ? [`dev_${number}b`] : [])],
    networks: [`net_${own}`, daytimeNetwork(kind, home.city, number, random)],
    card: `card_${own}`,
    activity: random.around(activity * 0.8, 0.7),
    ...{ intent, hesitation },
    registersAt: isNew ? random.between(settings.from, settings.until) : null,
    invitedBy: isNew && random.chance(INVITED) ? inviterOf(number, home, random) : null,
  };
}

function daytimeNetwork(kind: HonestKind, { code }: City, number: number, random: Random): string {
  if (kind === 'OFFICE') return `net_${code}_office_${Math.floor(number / OFFICE)}`;
  return random.chance(MOBILE) ? `net_${code}_mobile_${random.int(MOBILE_NETWORKS)}` : `net_${number}`;
}

/** A friend; or somebody of the same family, on the same network. */
function inviterOf(number: number, { isFamily, number: home }: Home, random: Random): string {
  return `usr_sim_${isFamily ? home * HOME + ((number + 1) % HOME) : random.int(number + 1)}`;
}
