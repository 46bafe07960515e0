import { type GraphQLFormattedError } from 'graphql';

/** How a live subscription ends; the label of its metric. */
export type EndReason =
  | 'client'
  | 'complete'
  | 'refused'
  | 'token-expired'
  | 'session-revoked'
  | 'schema-reload'
  | 'subgraph-unavailable'
  | 'going-away';

export const tokenExpired: readonly GraphQLFormattedError[] = [
  {
    message: 'The access token of this subscription has expired. Subscribe again with a new one.',
    extensions: { code: 'SUBSCRIPTION_TOKEN_EXPIRED' },
  },
];

export const sessionRevoked: readonly GraphQLFormattedError[] = [
  { message: 'The session has ended.', extensions: { code: 'UNAUTHENTICATED' } },
];

export const schemaReload: readonly GraphQLFormattedError[] = [
  {
    message: 'The schema has changed in a way that concerns this subscription. Subscribe again.',
    extensions: { code: 'SUBSCRIPTION_SCHEMA_RELOAD' },
  },
];

export function upstreamUnavailable(subgraph: string): readonly GraphQLFormattedError[] {
  return [
    {
      message: `The subgraph "${subgraph}" is unavailable`,
      extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph },
    },
  ];
}
