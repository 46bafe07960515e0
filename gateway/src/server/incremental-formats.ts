import type { GraphQLFormattedError } from 'graphql';
import type {
  DeferredData,
  IncrementalFields,
  IncrementalPart,
  PendingFragment,
} from '../executor/incremental-part.ts';
import { multipartType } from '../subscriptions/multipart.ts';

type Errors = readonly GraphQLFormattedError[];

/** A format of responses in parts. */
export interface IncrementalFormat {
  readonly contentType: string;
  readonly fields: IncrementalFields;
  /** The entries of the first part that announce later ones. */
  announcement(pending: readonly PendingFragment[]): object;
  /** A later part as JSON. */
  part(part: IncrementalPart, formatErrors: (errors: Errors) => Errors, extensions: object): string;
}

/**
 * The format of Apollo's clients, `deferSpec=20220824`: each fragment is delivered with all that it selects, under its
 * path and label.
 */
export const format20220824: IncrementalFormat = {
  contentType: multipartType('deferSpec=20220824'),
  fields: 'leave-out',
  announcement: () => ({}),
  part: ({ incremental, hasNext }, formatErrors, extensions) => {
    const entries = incremental.map(({ fragment: { path, label }, data, errors }) =>
      withData(data, { path, label, ...(errors.length > 0 && { errors: formatErrors(errors) }) }),
    );
    return withList('incremental', entries, { hasNext, ...extensions });
  },
};

/**
 * The format of the specification's draft, `incrementalSpec=v0.2`: fragments are announced, each field is delivered
 * once, and a fragment completes or fails.
 */
export const formatV02: IncrementalFormat = {
  contentType: multipartType('incrementalSpec=v0.2'),
  fields: 'collect',
  announcement: (pending) => (pending.length === 0 ? {} : { pending }),
  part: ({ pending, incremental, completed, hasNext }, formatErrors, extensions) => {
    const failures = new Map(incremental.map((entry) => [entry.fragment.id, entry.data === null ? entry.errors : []]));
    const entries = incremental
      .filter(({ data }) => data !== null)
      .map((entry) => withData(entry.data, { ...placeOf(entry), ...errorsOf(formatErrors(entry.errors)) }));
    return withList('incremental', entries, {
      ...(pending.length > 0 && { pending }),
      completed: completed.map(({ id }) => ({ id, ...errorsOf(formatErrors(failures.get(id) ?? [])) })),
      hasNext,
      ...extensions,
    });
  },
};

/** Where a field is delivered: the fragment, and the place below it if it has one. */
function placeOf({ fragment, path }: DeferredData): object {
  const subPath = path.slice(fragment.path.length);
  return { id: fragment.id, ...(subPath.length > 0 && { subPath }) };
}

function errorsOf(errors: Errors): object {
  return errors.length > 0 ? { errors } : {};
}

const BY_PARAMETERS: readonly (readonly [RegExp, IncrementalFormat])[] = [
  [/^multipart\/mixed\s*;.*\bdeferSpec="?20220824\b/i, format20220824],
  [/^multipart\/mixed\s*;.*\bincrementalSpec="?v0\.2\b/i, formatV02],
  // Clients that do not name a format understand the one of the draft.
  [/^multipart\/mixed\s*(;\s*(q|charset|boundary)\s*=[^;]*)*$/i, formatV02],
];

/** The first format that a client accepts. */
export function incrementalFormatFor(accept: string | undefined): IncrementalFormat | undefined {
  if (!accept?.toLowerCase().includes('multipart/mixed')) return undefined;
  for (const range of accept.split(',').map((each) => each.trim())) {
    const named = BY_PARAMETERS.find(([pattern]) => pattern.test(range));
    if (named) return named[1];
  }
  return undefined;
}

/** An object with data that is JSON already. */
function withData(data: Buffer | null, fields: object): string {
  return `{"data":${data?.toString() ?? 'null'},${JSON.stringify(fields).slice(1)}`;
}

function withList(name: string, entries: readonly string[], fields: object): string {
  const text = JSON.stringify(fields);
  return entries.length === 0 ? text : `{"${name}":[${entries.join()}],${text.slice(1)}`;
}
