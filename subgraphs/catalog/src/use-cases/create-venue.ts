import { badInput, notFound } from '@marquee/errors';

import { VenueExistsError } from '../errors.ts';
import type { Actor } from '../domain/actor.ts';
import { type City, codeOfCityId } from '../domain/city.ts';
import { type GeoPoint, placeOnEarth } from '../domain/geo-point.ts';
import type { Cities, NewScreen, Venues } from '../domain/ports.ts';
import { layOutSeats, MAX_SEATS, type SectionPlan } from '../domain/seat-layout.ts';
import { findRepeated, plainText, plainTexts } from '../domain/text.ts';
import type { Venue } from '../domain/venue.ts';

export interface CreateVenueDeps {
  readonly cities: Pick<Cities, 'withCodes'>;
  readonly venues: Pick<Venues, 'create'>;
  readonly newId: (kind: string) => string;
}

export interface CreateVenueInput {
  readonly name: string;
  readonly cityId: string;
  readonly address: string;
  readonly location: GeoPoint;
  readonly amenities?: readonly string[] | null | undefined;
  readonly screens: readonly { readonly name: string; readonly sections: readonly SectionPlan[] }[];
}

const MAX_SCREENS = 50;

/**
 * Opens a venue of the actor's with its screens, and publishes their seats.
 *
 * @throws {VenueExistsError} when a venue of that name is at that address
 * @throws {CodedError} BAD_USER_INPUT naming the field, NOT_FOUND for an unknown city
 */
export async function createVenue(deps: CreateVenueDeps, actor: Actor, input: CreateVenueInput): Promise<Venue> {
  const described = {
    id: deps.newId('ven'),
    ownerId: actor.userId,
    name: plainText('input.name', input.name, 120),
    address: plainText('input.address', input.address, 300),
    location: placeOnEarth('input.location', input.location),
    amenities: plainTexts('input.amenities', input.amenities, { max: 60, items: 50 }),
  };
  const screens = planScreens(deps, described.id, input.screens);
  const venue = { ...described, cityCode: (await cityWithId(deps.cities, input.cityId)).code };
  const existing = await deps.venues.create(venue, screens);
  if (existing) throw new VenueExistsError(existing);
  return venue;
}

function planScreens(
  { newId }: Pick<CreateVenueDeps, 'newId'>,
  venueId: string,
  plans: CreateVenueInput['screens'],
): NewScreen[] {
  if (plans.length < 1 || plans.length > MAX_SCREENS) throw badInput('input.screens', `Give 1 to ${MAX_SCREENS}.`);
  let seats = 0;
  const screens = plans.map((plan, index) => {
    const field = `input.screens.${index}`;
    const name = plainText(`${field}.name`, plan.name, 80);
    const id = newId('scr');
    const layout = layOutSeats(`${field}.sections`, { id: newId('lay'), screenId: id, version: 1 }, plan.sections);
    seats += layout.seatCount;
    if (seats > 2 * MAX_SEATS) throw badInput('input.screens', `A venue has ${2 * MAX_SEATS} seats at most.`);
    return { screen: { id, venueId, name, layoutId: layout.id, capacity: layout.seatCount }, layout };
  });
  const repeated = findRepeated(screens.map(({ screen }) => screen.name));
  if (repeated >= 0) throw badInput(`input.screens.${repeated}.name`, 'Another screen has this name.');
  return screens;
}

/** @throws {CodedError} NOT_FOUND */
async function cityWithId(cities: Pick<Cities, 'withCodes'>, id: string): Promise<City> {
  const code = codeOfCityId(id);
  const [city] = code === null ? [] : await cities.withCodes([code]);
  if (!city) throw notFound('city');
  return city;
}
