import { cityCodeOf, isPossibleId } from '@marquee/subgraph/ids';

/** A condition on city-partitioned rows. */
export interface CityKeys {
  readonly cityCode: { in: string[] };
  readonly id: { in: string[] };
}

/** Finds city-partitioned rows by id and touches only their cities' partitions; impossible ids are left out. */
export function cityKeys(ids: readonly string[]): CityKeys {
  const known = ids.filter((id) => isPossibleId(id) && cityCodeOf(id) !== null);
  return { cityCode: { in: [...new Set(known.map((id) => cityCodeOf(id) ?? ''))] }, id: { in: known } };
}
