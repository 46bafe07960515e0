import { isErrorCode } from '@marquee/errors';
import type { Outcome } from '../public-schema/transports.ts';

/** Names of types and files that clients know nothing of. */
const INTERNALS = /LocalDate|DateTimeISO|prisma|postgres|undefined|node_modules|\.ts:\d/i;
/** graphql-js ends a long list of errors with this one, which is about no place. */
const MORE_ERRORS = /^Too many validation errors/;
/** No client's input makes a subgraph unavailable. */
const NOT_THE_CLIENTS = new Set(['INTERNAL_SERVER_ERROR', 'SUBGRAPH_UNAVAILABLE']);

/** The fault in the answer to a client's mistake; undefined when there is none. */
export function complaintAbout(outcome: Outcome): string | undefined {
  if ('broken' in outcome) return outcome.broken;
  if (outcome.status >= 500) return `HTTP ${outcome.status}`;
  for (const { message, locations, extensions: { code } = {} } of outcome.errors) {
    if (!isErrorCode(code) || NOT_THE_CLIENTS.has(code)) return `${String(code)}: ${String(message)}`;
    if (typeof message !== 'string' || message === '') return `${code} without a message`;
    // A message may repeat the value that was sent, in quotation marks.
    if (INTERNALS.test(message.replaceAll(/"[^"]*"/gs, ''))) return `${code} tells of internals: ${message}`;
    if (code === 'GRAPHQL_VALIDATION_FAILED' && !Array.isArray(locations) && !MORE_ERRORS.test(message))
      return `no locations: ${message}`;
  }
  return undefined;
}
