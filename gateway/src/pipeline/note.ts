import type { GraphQLFormattedError } from 'graphql';
import { codesOf } from '../telemetry/access-log.ts';
import type { GatewayContext } from '../server/context.ts';

type Noted = Pick<GatewayContext, 'record' | 'trace'>;

/** Clients choose the names that logs have. */
const MAX_NAME = 100;

const INVALID_DOCUMENT = new Set<unknown>(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED']);

/** Tells the log what ran. */
export function noteOperation(name: string | null | undefined, { record }: Noted): void {
  if (name) record.operations.push(name.slice(0, MAX_NAME));
}

/** Names the request in errors that hide their cause, and tells the HTTP side what kind of failure it was. */
export function noteErrors(errors: readonly GraphQLFormattedError[], { record, trace }: Noted): void {
  record.codes.push(...codesOf(errors));
  for (const error of errors) {
    if (INVALID_DOCUMENT.has(error.extensions?.['code'])) record.isInvalidDocument = true;
    if (error.extensions && isInternal(error)) error.extensions['traceId'] ??= trace.traceId;
  }
}

export function isInternal({ extensions }: GraphQLFormattedError): boolean {
  return extensions?.['code'] === 'INTERNAL_SERVER_ERROR';
}
