import { badInput, forbidden, notFound } from '@marquee/errors';
import type { FindOrganisationRoles } from '@marquee/subgraph';
import { newId } from '@marquee/subgraph/ids';

import { type City, parseCityId } from '../domain/city.ts';
import type { GeoPoint } from '../domain/geo-point.ts';
import type { Cities, Venues } from '../domain/ports.ts';
import { layOutSeats, MAX_SEATS, MAX_STANDING, type SectionPlan, standingIn } from '../domain/seat-layout.ts';
import { findDuplicate, plainText } from '../domain/text.ts';
import type { NewScreen, Venue } from '../domain/venue.ts';
import { venueFields } from '../domain/venue-fields.ts';
import { VenueExistsError } from '../errors.ts';

export interface CreateVenueDeps {
  readonly cities: Pick<Cities, 'findMany'>;
  readonly venues: Pick<Venues, 'create'>;
  readonly findOrganisationRoles: FindOrganisationRoles;
}

export interface CreateVenueInput {
  readonly ownerId: string;
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
 *   the owner does not manage
 */
export async function createVenue(deps: CreateVenueDeps, input: CreateVenueInput): Promise<Venue> {
  const details = {
    id: newId('ven'),
    ownerId: input.ownerId,
    name: venueFields.name(input.name),
    address: venueFields.address(input.address),
    location: venueFields.location(input.location),
    amenities: venueFields.amenities(input.amenities),
  };
  const screens = planScreens(details.id, input.screens);
  const city = await cityWithId(deps.cities, input.cityId);
  const venue = { ...details, cityCode: city.code, organisationId: await managedOrganisation(deps, input) };
  const existing = await deps.venues.create({ venue, screens });
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

const MANAGING_ROLES = ['OWNER', 'MANAGER'];

/** The organisation that is named, or the only one that the owner manages. @throws {CodedError} BAD_USER_INPUT, FORBIDDEN */
async function managedOrganisation(
  { findOrganisationRoles }: Pick<CreateVenueDeps, 'findOrganisationRoles'>,
  { ownerId, organisationId }: Pick<CreateVenueInput, 'ownerId' | 'organisationId'>,
): Promise<string> {
  const roles = await findOrganisationRoles(ownerId);
  const managed = roles.filter(({ role }) => MANAGING_ROLES.includes(role)).map((each) => each.organisationId);
  if (organisationId) {
    if (managed.includes(organisationId)) return organisationId;
    throw forbidden('You cannot open venues of this organisation: ask its owner to make you a manager.');
  }
  const [only, ...others] = managed;
  if (only === undefined) throw badInput('input.organisationId', 'Create an organisation first.');
  if (others.length > 0) throw badInput('input.organisationId', 'Choose one of your organisations.');
  return only;
}
