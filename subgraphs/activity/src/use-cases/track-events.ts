import { badInput } from '@marquee/errors';

import { type JudgedTime, judgeTimes } from '../domain/clock.ts';
import { type EventInput, type ParsedEvent, parseEvent } from '../domain/parse-event.ts';
import type { Allowance, EventLog, RecentIds } from '../domain/ports.ts';
import { MAX_BATCH, type TrackedEvent } from '../domain/tracked-event.ts';
import { type Client, deviceOf, type KeyedHash, visitorOf } from '../domain/visitor.ts';

export interface TrackEventsDeps {
  readonly allowance: Allowance;
  readonly eventLog: Pick<EventLog, 'append'>;
  readonly recentIds: RecentIds;
  /** The UUID of an id that a client made. */
  readonly eventIdOf: (id: string) => string;
  readonly hash: KeyedHash;
  readonly now: () => Date;
}

export interface Tracked {
  readonly accepted: number;
  readonly duplicates: number;
}

/**
 * Accepts a batch of events: they are on disk when this resolves. The database is not asked.
 *
 * @throws {CodedError} BAD_USER_INPUT that names the field; then none is accepted
 * @throws {CodedError} RATE_LIMITED when too many come from the client's network
 * @throws {CodedError} SUBGRAPH_UNAVAILABLE when they cannot be stored: the client sends them again
 */
export async function trackEvents(
  deps: TrackEventsDeps,
  client: Client,
  inputs: readonly EventInput[],
): Promise<Tracked> {
  if (inputs.length > MAX_BATCH) throw badInput('events', `Send at most ${MAX_BATCH} events at a time.`);
  const receivedAt = deps.now();
  if (client.network !== null) deps.allowance.take(client.network, inputs.length, receivedAt);
  const received = receiver(deps, client, receivedAt);
  const events = new Map<string, TrackedEvent>();
  const parsed = inputs.map((input, index) => parseEvent(input, `events.${index}`));
  const times = judgeTimes(
    parsed.map(({ at }) => at),
    receivedAt,
  );
  parsed.forEach((each, index) => {
    const event = received(each, times[index] as JudgedTime);
    if (!events.has(event.id)) events.set(event.id, event);
  });
  const accepted = [...events.values()].filter(({ id }) => !deps.recentIds.has(id));
  if (accepted.length > 0) await deps.eventLog.append(accepted);
  deps.recentIds.add(accepted.map(({ id }) => id));
  return { accepted: accepted.length, duplicates: inputs.length - accepted.length };
}

/** Adds to events of one request what is known of their client. */
function receiver(
  { hash, eventIdOf }: TrackEventsDeps,
  client: Client,
  receivedAt: Date,
): (parsed: ParsedEvent, time: JudgedTime) => TrackedEvent {
  const network = client.network === null ? null : hash(`network ${client.network}`);
  const device = deviceOf(hash, client);
  const visitors = new Map<string | null, string>();
  const visitor = (visitorId: string | null): string => {
    const known = visitors.get(visitorId) ?? visitorOf(hash, visitorId, client, receivedAt);
    visitors.set(visitorId, known);
    return known;
  };
  // Written out: spreading objects would take as long as everything else.
  return (event, { at, claimedAt }) => ({
    id: eventIdOf(event.id),
    name: event.name,
    at,
    receivedAt,
    claimedAt,
    visitor: visitor(event.visitorId),
    userId: client.userId,
    network,
    device,
    cityCode: event.cityCode,
    titleId: event.titleId,
    showId: event.showId,
    venueId: event.venueId,
    bookingId: null,
    searchText: event.searchText,
    impressionToken: event.impressionToken,
    properties: event.properties,
  });
}
