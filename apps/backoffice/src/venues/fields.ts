/** The fields of a venue as they are typed. */
export interface VenueFields {
  readonly name: string;
  readonly address: string;
  readonly latitude: string;
  readonly longitude: string;
  readonly amenities: string;
}

export type FieldProblem = 'needName' | 'needAddress' | 'needLatitude' | 'needLongitude';

export const NO_FIELDS: VenueFields = { name: '', address: '', latitude: '', longitude: '', amenities: '' };

/** Why fields cannot be sent, by field. */
export function fieldProblems(fields: VenueFields): Partial<Record<keyof VenueFields, FieldProblem>> {
  return {
    ...(fields.name.trim() === '' && { name: 'needName' }),
    ...(fields.address.trim() === '' && { address: 'needAddress' }),
    ...(!isWithin(fields.latitude, 90) && { latitude: 'needLatitude' }),
    ...(!isWithin(fields.longitude, 180) && { longitude: 'needLongitude' }),
  };
}

export function venueInput({ name, address, latitude, longitude, amenities }: VenueFields) {
  return {
    name: name.trim(),
    address: address.trim(),
    location: { latitude: degrees(latitude), longitude: degrees(longitude) },
    amenities: itemsOf(amenities),
  };
}

/** The texts between commas. */
export function itemsOf(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
}

function isWithin(text: string, limit: number): boolean {
  return text.trim() !== '' && Math.abs(degrees(text)) <= limit;
}

/** Degrees as people type them, with a point or a comma. */
function degrees(text: string): number {
  return Number(text.trim().replace(',', '.'));
}
