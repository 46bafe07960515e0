import { badInput, notFound } from '@marquee/errors';
import { newId } from '@marquee/subgraph/ids';

import type { ManagerDeps } from '../access.ts';
import { type City, parseCityId } from '../domain/city.ts';
import type { GeoPoint } from '../domain/geo-point.ts';
import type { Cities, Venues } from '../domain/ports.ts';
import { layOutSeats, MAX_SEATS, MAX_STANDING, type SectionPlan, standingIn } from '../domain/seat-layout.ts';
import { findDuplicate, plainText } from '../domain/text.ts';
import type { NewScreen, Venue } from '../domain/venue.ts';
import { venueFields } from '../domain/venue-fields.ts';
import { VenueExistsError } from '../errors.ts';
import { chooseOrganisation } from './choose-organisation.ts';

export interface CreateVenueDeps extends ManagerDeps {
  readonly cities: Pick<Cities, 'findMany'>;
  readonly venues: Pick<Venues, 'create'>;
}

export interface CreateVenueInput {
  /** Who opens it. */
  readonly userId: string;
  readonly name: string;
  readonly cityId: string;
  readonly address: string;
  readonly location: GeoPoint;
  readonly amenities?: readonly string[] | null | undefined;
  readonly organisationId?: string | null | undefined;
  readonly screens: readonly { readonly name: string; readonly sections: readonly SectionPlan[] }[];
}

const MAX_SCREENS = 50;
const MAX_VENUE_SEATS = 2 * MAX_SEATS;

/**
 * Opens a venue with its screens and publishes their seat layouts.
 *
 * @throws {VenueExistsError} when a venue of this name exists at the address
 * @throws {CodedError} BAD_USER_INPUT naming the field, NOT_FOUND for an unknown city, FORBIDDEN for an organisation that
 *   the user does not manage
 */
export async function createVenue(deps: CreateVenueDeps, input: CreateVenueInput): Promise<Venue> {
  const details = {
    id: newId('ven'),
    name: venueFields.name(input.name),
    address: venueFields.address(input.address),
    location: venueFields.location(input.location),
    amenities: venueFields.amenities(input.amenities),
  };
  const screens = planScreens(details.id, input.screens);
  const city = await cityWithId(deps.cities, input.cityId);
  const organisationId = await chooseOrganisation(deps, input.userId, input.organisationId);
  const venue = { ...details, cityCode: city.code, organisationId };
  const existing = await deps.venues.create({ venue, screens }, input.userId);
  if (existing) throw new VenueExistsError(existing);
  return venue;
}

function planScreens(venueId: string, plans: CreateVenueInput['screens']): NewScreen[] {
  if (plans.length < 1 || plans.length > MAX_SCREENS)
    throw badInput('input.screens', `Add 1 to ${MAX_SCREENS} screens.`);
  let [seats, standing] = [0, 0];
  const screens = plans.map((plan, index) => {
    const field = `input.screens.${index}`;
    const name = plainText(`${field}.name`, plan.name, 80);
    const id = newId('scr');
    const layout = layOutSeats(`${field}.sections`, { id: newId('lay'), screenId: id, version: 1 }, plan.sections);
    standing += standingIn(layout.sections);
    seats += layout.seatCount - standingIn(layout.sections);
    if (seats > MAX_VENUE_SEATS) throw badInput('input.screens', `A venue can have at most ${MAX_VENUE_SEATS} seats.`);
    if (standing > MAX_STANDING)
      throw badInput('input.screens', `A venue can have at most ${MAX_STANDING} standing places.`);
    return { screen: { id, venueId, name, layoutId: layout.id, capacity: layout.seatCount }, layout };
  });
  const duplicate = findDuplicate(screens.map(({ screen }) => screen.name));
  if (duplicate >= 0)
    throw badInput(`input.screens.${duplicate}.name`, 'Another screen has this name: choose a different one.');
  return screens;
}

/** @throws {CodedError} NOT_FOUND */
async function cityWithId(cities: Pick<Cities, 'findMany'>, id: string): Promise<City> {
  const code = parseCityId(id);
  const [city] = code === null ? [] : await cities.findMany([code]);
  if (!city) throw notFound('city');
  return city;
}
