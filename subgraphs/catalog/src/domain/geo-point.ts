import { badInput } from '@marquee/errors';

/** Coordinates in degrees, positive to the north and east. */
export interface GeoPoint {
  readonly latitude: number;
  readonly longitude: number;
}

/** Coordinates within range. @throws {CodedError} BAD_USER_INPUT */
export function validLocation(field: string, { latitude, longitude }: GeoPoint): GeoPoint {
  if (Math.abs(latitude) > 90) throw badInput(`${field}.latitude`, 'Enter a latitude from -90 to 90.');
  if (Math.abs(longitude) > 180) throw badInput(`${field}.longitude`, 'Enter a longitude from -180 to 180.');
  return { latitude, longitude };
}
