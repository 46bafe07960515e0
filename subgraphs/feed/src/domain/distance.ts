import type { GeoPoint } from './candidates.ts';

const EARTH_KM = 6_371;

/** The great-circle distance by the haversine formula. */
export function kilometresBetween(one: GeoPoint, other: GeoPoint): number {
  const [latitude, longitude] = [other.latitude - one.latitude, other.longitude - one.longitude].map(radians);
  const cosines = Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude));
  const chord = Math.sin((latitude as number) / 2) ** 2 + cosines * Math.sin((longitude as number) / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** The middle of places that are near each other; null without any. */
export function centreOf(points: readonly GeoPoint[]): GeoPoint | null {
  if (points.length === 0) return null;
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { latitude: mean(points.map((p) => p.latitude)), longitude: mean(points.map((p) => p.longitude)) };
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
