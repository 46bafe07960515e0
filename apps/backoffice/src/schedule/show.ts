import type { ShowDetailsQuery } from '../generated/graphql.ts';

export type Show = NonNullable<ShowDetailsQuery['show']>;
