export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

export interface Located {
  readonly x: number;
  readonly y: number;
}

/** Positions on a map, and the length of a kilometre on it. */
export interface CityMap {
  readonly positions: readonly Located[];
  readonly kilometre: number;
}

const KM_PER_DEGREE = 111.32;
/** The least that a map shows, so that one venue is not a world of its own. */
const MIN_KM = 2;

/** Places points on a map of a size, the north at the top, with a margin. */
export function locate(points: readonly Point[], width: number, height: number, margin: number): CityMap {
  const middle = (values: readonly number[]): number => (Math.min(...values) + Math.max(...values)) / 2;
  const latitude = middle(points.map((point) => point.latitude));
  const longitude = middle(points.map((point) => point.longitude));
  const east = Math.cos((latitude * Math.PI) / 180) * KM_PER_DEGREE;
  const offsets = points.map((point) => ({
    x: (point.longitude - longitude) * east,
    y: (latitude - point.latitude) * KM_PER_DEGREE,
  }));
  const reach = (axis: 'x' | 'y'): number => Math.max(MIN_KM / 2, ...offsets.map((offset) => Math.abs(offset[axis])));
  const kilometre = Math.min((width / 2 - margin) / reach('x'), (height / 2 - margin) / reach('y'));
  return {
    positions: offsets.map(({ x, y }) => ({ x: width / 2 + x * kilometre, y: height / 2 + y * kilometre })),
    kilometre,
  };
}
