import { badInput } from '@marquee/errors';

import { judgeTime } from '../domain/clock.ts';
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
  if (client.network !== null) deps.allowance.take(client.network, inputs.length, deps.now());
  const received = receiver(deps, client);
  const events = new Map<string, TrackedEvent>();
  inputs.forEach((input, index) => {
    const event = received(parseEvent(input, `events.${index}`));
    if (!events.has(event.id)) events.set(event.id, event);
  });
  const accepted = [...events.values()].filter(({ id }) => !deps.recentIds.has(id));
  if (accepted.length > 0) await deps.eventLog.append(accepted);
  deps.recentIds.add(accepted.map(({ id }) => id));
  return { accepted: accepted.length, duplicates: inputs.length - accepted.length };
}

/** Adds to events of one request what is known of their client. */
function receiver({ hash, now, eventIdOf }: TrackEventsDeps, client: Client): (parsed: ParsedEvent) => TrackedEvent {
  const receivedAt = now();
  const network = client.network === null ? null : hash(`network ${client.network}`);
  const device = deviceOf(hash, client);
  const visitors = new Map<string | null, string>();
  const visitor = (visitorId: string | null): string => {
    const known = visitors.get(visitorId) ?? visitorOf(hash, visitorId, client, receivedAt);
    visitors.set(visitorId, known);
    return known;
  };
  // Written out: spreading objects would take as long as everything else.
  return (event) => {
    const { at, claimedAt } = judgeTime(event.at, receivedAt);
    return {
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
    };
  };
}
