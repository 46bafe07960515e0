import type { TrackedEvent } from '../../domain/tracked-event.ts';

/** The columns of a staged event, in the order of its line, with what each line has. */
const COLUMNS: readonly (readonly [name: string, type: string, of: (event: TrackedEvent) => string | null])[] = [
  ['id', 'uuid', ({ id }) => id],
  ['name', 'text', ({ name }) => name],
  ['at', 'timestamptz', ({ at }) => at.toISOString()],
  ['received_at', 'timestamptz', ({ receivedAt }) => receivedAt.toISOString()],
  ['claimed_at', 'timestamptz', ({ claimedAt }) => claimedAt && claimedAt.toISOString()],
  ['visitor', 'uuid', ({ visitor }) => visitor],
  ['user_id', 'text', ({ userId }) => userId],
  ['network', 'uuid', ({ network }) => network],
  ['device', 'uuid', ({ device }) => device],
  ['city_code', 'text', ({ cityCode }) => cityCode],
  ['title_id', 'text', ({ titleId }) => titleId],
  ['show_id', 'text', ({ showId }) => showId],
  ['venue_id', 'text', ({ venueId }) => venueId],
  ['booking_id', 'text', ({ bookingId }) => bookingId],
  ['search_text', 'text', ({ searchText }) => searchText],
  ['impression_token', 'text', ({ impressionToken }) => impressionToken],
  ['properties', 'jsonb', ({ properties }) => properties],
];

/** The names of the columns, for SQL. */
export const STAGED_COLUMNS = COLUMNS.map(([name]) => name).join(', ');
/** Their definitions. */
export const STAGED_DEFINITIONS = COLUMNS.map(([name, type]) => `${name} ${type}`).join(', ');

const SPECIAL = /[\\\t\n\r]/;
const EVERY_SPECIAL = new RegExp(SPECIAL, 'g');
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** Events as lines of Postgres's text format. */
export function copyLines(events: readonly TrackedEvent[]): string {
  return events.map((event) => `${COLUMNS.map(([, , of]) => field(of(event))).join('\t')}\n`).join('');
}

function field(value: string | null): string {
  if (value === null) return '\\N';
  return SPECIAL.test(value) ? value.replaceAll(EVERY_SPECIAL, (character) => ESCAPES[character] ?? '') : value;
}

/** Events as a JSON array, for `jsonb_to_recordset`. */
export function stagedJson(events: readonly TrackedEvent[]): string {
  const rows = events.map((event) => Object.fromEntries(COLUMNS.map(([name, , of]) => [name, of(event)])));
  return JSON.stringify(rows);
}
