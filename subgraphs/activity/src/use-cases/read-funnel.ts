import { badInput } from '@marquee/errors';

import { assertFunnel, type FunnelQuery, type FunnelStep, funnelOf } from '../domain/funnel.ts';
import { cityCodeIn } from '../domain/city.ts';
import type { Reports } from '../domain/ports.ts';

export interface ReadFunnelInput extends Omit<FunnelQuery, 'cityCode'> {
  readonly cityId?: string | null | undefined;
}

/** How many visitors took each step of a path. @throws {CodedError} BAD_USER_INPUT */
export async function readFunnel(
  { reports }: { readonly reports: Pick<Reports, 'funnel'> },
  { cityId = null, ...period }: ReadFunnelInput,
): Promise<FunnelStep[]> {
  const cityCode = cityId === null ? null : cityCodeIn(cityId);
  if (cityId !== null && cityCode === null) throw badInput('cityId', 'Enter the id of a city.');
  const query = { ...period, cityCode };
  assertFunnel(query);
  return funnelOf(query.steps, await reports.funnel(query));
}
