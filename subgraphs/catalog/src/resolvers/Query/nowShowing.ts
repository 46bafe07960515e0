import { calendarDay } from '../../domain/calendar-day.ts';
import { codeOfCityId } from '../../domain/city.ts';
import type { QueryResolvers } from '../../generated/resolvers.ts';
import { titleOrder } from '../positions.ts';

export const nowShowing: QueryResolvers['nowShowing'] = async (_parent, args, { catalog, loaders, now }) => {
  const page = titleOrder.page(args);
  const date = args.date ? calendarDay('date', args.date) : null;
  const code = codeOfCityId(args.cityId);
  const city = code && (await loaders.cities.load(code));
  if (!city) return null;
  const search = { cityCode: city.code, date, now, kind: args.kind ?? null };
  return { ...titleOrder.connection(await catalog.titlesShowing(search, page), page), search };
};
