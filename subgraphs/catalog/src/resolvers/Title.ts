import { assertPeriod } from '@marquee/subgraph';

import type { Context } from '../context.ts';
import { parseCityId } from '../domain/city.ts';
import type { Title as TitleModel, TitleKind } from '../domain/title.ts';
import type { LiveEventResolvers, MovieResolvers, TitleResolvers } from '../generated/resolvers.ts';
import { showOrder } from './list-orders.ts';

const typeOf = ({ kind }: TitleModel) => (kind === 'MOVIE' ? 'Movie' : 'LiveEvent');

const referenceTo =
  (kind: TitleKind) =>
  async ({ id }: { readonly id: string }, { loaders }: Context): Promise<TitleModel | null> => {
    const title = await loaders.titles.load(id);
    return title?.kind === kind ? title : null;
  };

const shows: NonNullable<MovieResolvers['shows']> = async ({ id }, args, { loaders }) => {
  const page = showOrder.page(args);
  const cityCode = parseCityId(args.cityId);
  const found = cityCode === null ? [] : await loaders.showsOfTitle({ cityCode, date: args.date }, page).load(id);
  return showOrder.connection(found, page);
};

const showDates: NonNullable<MovieResolvers['showDates']> = async ({ id }, { cityId, from, to }, { loaders }) => {
  assertPeriod({ from, to });
  const cityCode = parseCityId(cityId);
  const found = cityCode === null ? [] : await loaders.datesOfTitle({ cityCode, from, to }).load(id);
  return found.map(({ date }) => date);
};

export const Title: TitleResolvers = {
  __resolveType: typeOf,
  __resolveReference: ({ id }, { loaders }) => loaders.titles.load(id),
};

export const Movie: MovieResolvers = { __resolveReference: referenceTo('MOVIE'), showDates, shows };

export const LiveEvent: LiveEventResolvers = { __resolveReference: referenceTo('LIVE_EVENT'), showDates, shows };
