import { badInput } from '@marquee/errors';
import { cityCodeOf, isPossibleId } from '@marquee/subgraph/ids';

import { cityCodeIn } from './city.ts';
import { isEventName, isOwnEvent } from './event-names.ts';

/** An event as a client sends it. */
export interface EventInput {
  readonly id: string;
  readonly name: string;
  readonly at: Date;
  readonly titleId?: string | null | undefined;
  readonly showId?: string | null | undefined;
  readonly venueId?: string | null | undefined;
  readonly cityId?: string | null | undefined;
  readonly searchText?: string | null | undefined;
  readonly impressionToken?: string | null | undefined;
  readonly visitorId?: string | null | undefined;
  readonly properties?: unknown;
}

/** The content of an event, with nothing in it that cannot be stored. */
export interface ParsedEvent {
  readonly id: string;
  readonly name: string;
  readonly at: Date;
  readonly cityCode: string | null;
  readonly titleId: string | null;
  readonly showId: string | null;
  readonly venueId: string | null;
  readonly searchText: string | null;
  readonly impressionToken: string | null;
  readonly visitorId: string | null;
  readonly properties: string | null;
}

const MAX_ID = 128;
const MAX_SEARCH_TEXT = 200;
const MAX_PROPERTIES = 2_000;
const TOKEN = /^[\w.~+/=-]{1,1024}$/;
/** A control character, or half of a surrogate pair. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}]/u;
/** The same, as JSON escapes them; what Postgres cannot store as JSON. */
const ESCAPED = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

/** Checks an event. @param field its path, such as `events.3` @throws {CodedError} BAD_USER_INPUT that names the field */
export function parseEvent(input: EventInput, field: string): ParsedEvent {
  assertName(input.name, field);
  const showId = idOf(input.showId, 'show', `${field}.showId`);
  const venueId = idOf(input.venueId, 'venue', `${field}.venueId`);
  return {
    id: ownId(input.id, `${field}.id`) ?? '',
    name: input.name,
    at: input.at,
    cityCode: cityOf(input.cityId, field) ?? cityCodeOf(showId ?? '') ?? cityCodeOf(venueId ?? ''),
    titleId: idOf(input.titleId, 'title', `${field}.titleId`),
    showId,
    venueId,
    searchText: searchTextOf(input.searchText, field),
    impressionToken: tokenOf(input.impressionToken, field),
    visitorId: ownId(input.visitorId, `${field}.visitorId`),
    properties: propertiesOf(input.properties, `${field}.properties`),
  };
}

function assertName(name: string, field: string): void {
  if (!isEventName(name)) {
    const message = 'Use 1 to 64 lower case letters, digits and underscores, and begin with a letter.';
    throw badInput(`${field}.name`, message);
  }
  if (isOwnEvent(name)) throw badInput(`${field}.name`, 'The marketplace records this itself: leave it out.');
}

/** An id that a client made. */
function ownId(id: string | null | undefined, field: string): string | null {
  if (id === null || id === undefined) return null;
  if (id !== '' && id.length <= MAX_ID && !UNPRINTABLE.test(id)) return id;
  throw badInput(field, `Enter an id of 1 to ${MAX_ID} visible characters, such as a UUID.`);
}

/** An id that the marketplace made. */
function idOf(id: string | null | undefined, what: string, field: string): string | null {
  if (id === null || id === undefined) return null;
  if (isPossibleId(id)) return id;
  throw badInput(field, `Enter the id of a ${what}, or leave it out.`);
}

function cityOf(id: string | null | undefined, field: string): string | null {
  if (id === null || id === undefined) return null;
  const code = cityCodeIn(id);
  if (code === null) throw badInput(`${field}.cityId`, 'Enter the id of a city, or leave it out.');
  return code;
}

function tokenOf(token: string | null | undefined, field: string): string | null {
  if (token === null || token === undefined) return null;
  if (TOKEN.test(token)) return token;
  throw badInput(`${field}.impressionToken`, 'Enter the token that came with the sponsored card.');
}

function searchTextOf(text: string | null | undefined, field: string): string | null {
  const found = text ? words(text) : null;
  if (found === null || found.length <= MAX_SEARCH_TEXT) return found;
  throw badInput(`${field}.searchText`, `Enter at most ${MAX_SEARCH_TEXT} characters.`);
}

/** The text in composed letters, without control characters and repeated blanks; null when nothing is left. */
function words(text: string): string | null {
  return (
    text
      .replaceAll(/[\p{Cc}\p{Cs}\s]+/gu, ' ')
      .trim()
      .normalize('NFC') || null
  );
}

function propertiesOf(value: unknown, field: string): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'object' || Array.isArray(value))
    throw badInput(field, 'Enter an object, such as { "position": 3 }.');
  const text = JSON.stringify(value);
  if (text.length > MAX_PROPERTIES) throw badInput(field, `Send at most ${MAX_PROPERTIES} characters of JSON.`);
  if (ESCAPED.test(text)) throw badInput(field, 'Leave out NUL and incomplete characters.');
  return text;
}
