import { expect, test } from 'vitest';

import { resolverMap } from './resolver-map.mjs';

const sdl = `
  type Query { show: Show }
  type Show @key(fields: "id") { id: ID! }
  extend type User @key(fields: "id") { shows: [Show!]! }
  type Subscription { show: Show }
`;
const files = {
  'Query/show.ts': 'export const show: QueryResolvers["show"] = () => null;',
  'Subscription/show.ts': 'export const show: SubscriptionResolvers["show"] = {};',
  'User.ts': 'export const User: UserResolvers = {};\n\nexport const Show: ShowResolvers = {};',
  'positions.ts': 'export const Positions = 1;',
};

test('the resolver map holds the resolvers in the files, without helpers', () => {
  expect(resolverMap(sdl, files)).toBe(
    `import { show as Query_show } from '../resolvers/Query/show.ts';
import { show as Subscription_show } from '../resolvers/Subscription/show.ts';
import { User } from '../resolvers/User.ts';
import { Show } from '../resolvers/User.ts';
import type { OwnResolvers } from '@marquee/subgraph';
import type { Resolvers } from './resolvers.ts';

export const resolvers: OwnResolvers<Resolvers> = {
  Query: { show: Query_show },
  Subscription: { show: Subscription_show },
  User,
  Show,
};
`,
  );
});

test('a root field without a resolver file is rejected', () => {
  const { 'Query/show.ts': _removed, ...rest } = files;
  expect(() => resolverMap(sdl, rest)).toThrow('src/resolvers/Query/show.ts is missing.');
});

test('a resolver file for an unknown field is rejected', () => {
  const withMore = { ...files, 'Query/shows.ts': '', 'Mutation/addShow.ts': '' };
  expect(() => resolverMap(sdl, withMore)).toThrow(
    /Query\/shows.ts: the SDL has no Query.shows.\n.*no Mutation.addShow/,
  );
});

test('resolvers of an unknown type are rejected', () => {
  const withMore = { ...files, 'Hall.ts': 'export const Hall: HallResolvers = {};' };
  expect(() => resolverMap(sdl, withMore)).toThrow('src/resolvers/Hall.ts: the SDL has no type Hall.');
});
