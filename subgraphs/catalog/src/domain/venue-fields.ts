import { plainText, plainTexts } from './text.ts';
import { type GeoPoint, validLocation } from './geo-point.ts';

/** The rules of a venue's fields. Each throws BAD_USER_INPUT, naming the field of the input. */
export const venueFields = {
  name: (name: string) => plainText('input.name', name, 120),
  address: (address: string) => plainText('input.address', address, 300),
  location: (location: GeoPoint) => validLocation('input.location', location),
  amenities: (amenities: readonly string[] | null | undefined) =>
    plainTexts('input.amenities', amenities, { max: 60, items: 50 }),
};
