import { badInput } from '@marquee/errors';

/** A place on earth, in degrees north and east. */
export interface GeoPoint {
  readonly latitude: number;
  readonly longitude: number;
}

/** @throws {CodedError} BAD_USER_INPUT for a place that is not on earth */
export function placeOnEarth(field: string, { latitude, longitude }: GeoPoint): GeoPoint {
  if (Math.abs(latitude) > 90) throw badInput(`${field}.latitude`, 'A latitude is from -90 to 90.');
  if (Math.abs(longitude) > 180) throw badInput(`${field}.longitude`, 'A longitude is from -180 to 180.');
  return { latitude, longitude };
}
