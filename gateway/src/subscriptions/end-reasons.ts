import { type ClientError, CodedError, maskError, unauthenticated, unavailable } from '@marquee/errors';

/** The reason for a subscription's end, as a metric's label. */
export type EndReason =
  | 'client'
  | 'complete'
  | 'refused'
  | 'token-expired'
  | 'session-revoked'
  | 'schema-reload'
  | 'subgraph-unavailable'
  | 'going-away';

export const tokenExpired: readonly ClientError[] = [maskError(new CodedError('SUBSCRIPTION_TOKEN_EXPIRED'))];

export const sessionRevoked: readonly ClientError[] = [
  maskError(unauthenticated('Your session has ended. Sign in again.')),
];

export const schemaReload: readonly ClientError[] = [maskError(new CodedError('SUBSCRIPTION_SCHEMA_RELOAD'))];

export function upstreamUnavailable(subgraph: string): readonly ClientError[] {
  return [maskError(unavailable(subgraph))];
}
