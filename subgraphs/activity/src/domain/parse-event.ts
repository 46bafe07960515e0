import { badInput, type CodedError } from '@marquee/errors';
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

/** What an event says, with nothing in it that cannot be stored. */
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
  const refuse = (name: string, message: string): CodedError => badInput(`${field}.${name}`, message);
  const idOf = (name: 'titleId' | 'showId' | 'venueId', what: string): string | null => {
    const id = input[name] ?? null;
    if (id !== null && !isPossibleId(id)) throw refuse(name, `Enter the id of a ${what}, or leave it out.`);
    return id;
  };
  const ownId = (name: 'id' | 'visitorId'): string | null => {
    const id = input[name] ?? null;
    if (id !== null && (id === '' || id.length > MAX_ID || UNPRINTABLE.test(id)))
      throw refuse(name, `Enter an id of 1 to ${MAX_ID} visible characters, such as a UUID.`);
    return id;
  };
  const nameProblem = problemWithName(input.name);
  if (nameProblem !== null) throw refuse('name', nameProblem);
  const showId = idOf('showId', 'show');
  const venueId = idOf('venueId', 'venue');
  const city = input.cityId ?? null;
  const cityCode = city === null ? null : cityCodeIn(city);
  if (city !== null && cityCode === null) throw refuse('cityId', 'Enter the id of a city, or leave it out.');
  const impressionToken = input.impressionToken ?? null;
  if (impressionToken !== null && !TOKEN.test(impressionToken))
    throw refuse('impressionToken', 'Enter the token that came with the sponsored card.');
  const searchText = words(input.searchText ?? '');
  if (searchText !== null && searchText.length > MAX_SEARCH_TEXT)
    throw refuse('searchText', `Enter at most ${MAX_SEARCH_TEXT} characters.`);
  return {
    id: ownId('id') as string,
    name: input.name,
    at: input.at,
    cityCode: cityCode ?? cityCodeOf(showId ?? '') ?? cityCodeOf(venueId ?? ''),
    titleId: idOf('titleId', 'title'),
    ...{ showId, venueId, searchText, impressionToken },
    visitorId: ownId('visitorId'),
    properties: propertiesIn(input.properties ?? null, (message) => refuse('properties', message)),
  };
}

function problemWithName(name: string): string | null {
  if (!isEventName(name)) return 'Use 1 to 64 lower case letters, digits and underscores, and begin with a letter.';
  return isOwnEvent(name) ? 'The marketplace records this itself: leave it out.' : null;
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

function propertiesIn(value: unknown, refuse: (message: string) => CodedError): string | null {
  if (value === null) return null;
  if (typeof value !== 'object' || Array.isArray(value)) throw refuse('Enter an object, such as { "position": 3 }.');
  const text = JSON.stringify(value);
  if (text.length > MAX_PROPERTIES) throw refuse(`Send at most ${MAX_PROPERTIES} characters of JSON.`);
  if (ESCAPED.test(text)) throw refuse('Leave out NUL and incomplete characters.');
  return text;
}
