import { paceOf } from './flood-limit.ts';
import type { PushDelivery } from './push-message.ts';

/** Pushes of a kind that a browser gets in an hour before they are collected in digests. */
export const MAX_PUSHES_OF_A_KIND = 5;

/** Pushes of a kind to one endpoint within the last hour. */
export interface RecentPushes {
  readonly endpointId: string;
  readonly kind: PushDelivery['kind'];
  readonly sent: readonly Date[];
}

/** A delivery that is not sent yet. */
export interface WaitingPush {
  readonly id: string;
  readonly until: Date;
}

/** Decisions about deliveries of one kind to one endpoint. */
export interface PushPlan extends Pick<RecentPushes, 'endpointId' | 'kind'> {
  /** Those that go out now: as they are, or a digest in the place of the newest. */
  readonly send: readonly PushDelivery[];
  readonly waits: readonly WaitingPush[];
  /** Those that the digest is sent for. */
  readonly collected: readonly string[];
}

/** Decides which of the deliveries that are due go out alone, as a digest, or later. */
export function planPushes(due: readonly PushDelivery[], recent: readonly RecentPushes[]): PushPlan[] {
  const known = new Map(recent.map((each) => [keyOf(each), each.sent]));
  const groups = new Map<string, PushDelivery[]>();
  for (const delivery of due) groups.set(keyOf(delivery), [...(groups.get(keyOf(delivery)) ?? []), delivery]);
  return [...groups].map(([key, own]): PushPlan => {
    const [{ endpointId, kind }] = own as [PushDelivery];
    const plan = { endpointId, kind, send: [], waits: [], collected: [] };
    const pace = paceOf(own.length, known.get(key) ?? [], MAX_PUSHES_OF_A_KIND);
    if (pace === 'EACH') return { ...plan, send: own };
    if (pace !== 'DIGEST') return { ...plan, waits: own.map(({ id }) => ({ id, until: pace })) };
    const digest = digestOf(own);
    return { ...plan, send: [digest], collected: own.map(({ id }) => id).filter((id) => id !== digest.id) };
  });
}

function keyOf({ endpointId, kind }: Pick<RecentPushes, 'endpointId' | 'kind'>): string {
  return `${kind} ${endpointId}`;
}

/** One message that counts the others. A device that gets it keeps one of the kind. */
function digestOf(deliveries: readonly PushDelivery[]): PushDelivery {
  const newest = deliveries.reduce((one, other) => (BigInt(one.id) > BigInt(other.id) ? one : other));
  const { kind } = newest;
  const count = deliveries.reduce((sum, { message }) => sum + (message.key === 'digest' ? message.values.count : 1), 0);
  const message = { key: 'digest', values: { count, kind } } as const;
  return { ...newest, message, topic: `digest ${kind}`, bookingId: null, about: null };
}
