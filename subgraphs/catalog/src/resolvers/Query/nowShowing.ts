import { parseCityId } from '../../domain/city.ts';
import type { QueryResolvers } from '../../generated/resolvers.ts';
import { titleOrder } from '../list-orders.ts';

export const nowShowing: QueryResolvers['nowShowing'] = async (_parent, args, { deps, loaders }) => {
  const page = titleOrder.page(args);
  const code = parseCityId(args.cityId);
  const city = code && (await loaders.cities.load(code));
  if (!city) return null;
  const search = { cityCode: city.code, date: args.date ?? null, now: deps.now(), kind: args.kind ?? null };
  const found = await deps.titles.showing(search, page);
  return { ...titleOrder.connection(found, page), count: () => deps.titles.countShowing(search) };
};
