import type { Service } from '../engine/fixtures/federate.ts';

const MOVIE = { __typename: 'Movie', id: 'm1', name: 'Alien', budget: 11 };
const CONCERT = { __typename: 'Concert', id: 'c1', name: 'Bowie', fee: 5 };
const SECRET = { __typename: 'Secret', id: 's1', name: 'Hidden' };
const TITLES = [MOVIE, CONCERT, SECRET];
const byId = ({ id }: { id: string }) => TITLES.find((title) => title.id === id);

/** Subgraphs with auth directives in every allowed location. */
export const RESTRICTED: Readonly<Record<string, Service>> = {
  catalog: {
    typeDefs: `
      type Query {
        public: String
        private: String @authenticated
        titles: [Title!]!
        anything: [Anything!]
        me: User
        reports: Report
        status: Status
        stamp: Stamp
        sales(venue: ID!): Int @policy(policies: [["owns-venue"]])
        audited: Int @policy(policies: [["auditor", "second-auditor"], ["admin"]])
        either: String @requiresScopes(scopes: [["a", "b"], ["c"]])
        strict: String! @authenticated
      }
      type Mutation { publish(id: ID!): Movie @requiresScopes(scopes: [["catalog:write"]]) touch: Int }
      interface Title @key(fields: "id") { id: ID! name: String! }
      type Movie implements Title @key(fields: "id") { id: ID! name: String! budget: Int @requiresScopes(scopes: [["finance:read"]]) }
      type Concert implements Title @key(fields: "id") { id: ID! name: String! fee: Int! @authenticated }
      type Secret implements Title @key(fields: "id") @requiresScopes(scopes: [["top"]]) { id: ID! name: String! }
      union Anything = Movie | Concert
      type User @key(fields: "id") { id: ID! @authenticated name: String nickname: String! @requiresScopes(scopes: [["users:read"]]) }
      type Report @requiresScopes(scopes: [["reports:read"]]) { total: Int }
      enum Status @authenticated { UP DOWN }
      scalar Stamp @authenticated
    `,
    resolvers: {
      Query: {
        public: () => 'public',
        private: () => 'private',
        titles: () => TITLES,
        anything: () => [MOVIE, CONCERT],
        me: () => ({ id: 'u1', name: 'Ada', nickname: 'Countess' }),
        reports: () => ({ total: 7 }),
        status: () => 'UP',
        stamp: () => 'now',
        sales: () => 42,
        audited: () => 1,
        either: () => 'either',
        strict: () => 'strict',
      },
      Mutation: { publish: () => MOVIE, touch: () => 1 },
      Movie: { __resolveReference: byId },
      Concert: { __resolveReference: byId },
      Secret: { __resolveReference: byId },
      Title: { __resolveReference: byId, __resolveType: ({ __typename }: { __typename: string }) => __typename },
      Anything: { __resolveType: ({ __typename }: { __typename: string }) => __typename },
      User: { __resolveReference: () => ({ id: 'u1', name: 'Ada', nickname: 'Countess' }) },
    },
  },
  social: {
    typeDefs: `
      type Query { best: [Title] }
      type Title @key(fields: "id") @interfaceObject { id: ID! rating: Int @authenticated views: Int }
      type User @key(fields: "id") { id: ID! friends: [User] greeting: String @requires(fields: "name") name: String @external }
      type Subscription { rated: Title secretly: Title @requiresScopes(scopes: [["watch"]]) }
    `,
    resolvers: {
      Query: { best: () => [{ id: 'm1' }] },
      Title: { rating: () => 5, views: () => 9 },
      User: {
        friends: () => [{ id: 'u1' }],
        greeting: ({ name }: { name: string }) => `Hello ${name}`,
      },
      Subscription: {
        rated: {
          subscribe: async function* () {
            yield { rated: { id: 'm1' } };
          },
        },
        secretly: {
          subscribe: async function* () {
            yield { secretly: { id: 'm1' } };
          },
        },
      },
    },
  },
};
