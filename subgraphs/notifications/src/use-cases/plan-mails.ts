import type { MailLane } from '@marquee/mail';

import { type MailNotice, type MailPlan, planMails } from '../domain/mail-plan.ts';
import type { FetchPeople, Person } from '../domain/people.ts';
import type { PlannedNotices } from '../domain/ports.ts';
import { type QuietHours, quietUntil } from '../domain/quiet-hours.ts';

/** Notices of one plan, and plans of one run. While bulk is planned, what somebody waits for is not. */
const BATCH = 250;
const MAX_BATCHES = 80;

export interface PlanMailsDeps {
  readonly mailNotices: { duePeople(lane: MailLane, limit: number): Promise<string[]> };
  readonly quietHours: { ofUsers(userIds: readonly string[]): Promise<(QuietHours & { userId: string })[]> };
  readonly fetchPeople: FetchPeople;
  /** Stores what is decided. @returns false when another process plans */
  readonly planNotices: (
    of: { readonly lane: MailLane; readonly userIds: readonly string[] },
    plan: (pending: PlannedNotices) => MailPlan,
  ) => Promise<boolean>;
}

/** Turns notices of a lane that are due into mails: alone or as a digest, now or after their person's quiet hours. */
export async function planDueMails(deps: PlanMailsDeps, lane: MailLane): Promise<void> {
  for (let batch = 0; batch < MAX_BATCHES; batch += 1) {
    const userIds = await deps.mailNotices.duePeople(lane, BATCH);
    if (userIds.length === 0) return;
    const [people, hours] = await Promise.all([deps.fetchPeople(userIds), deps.quietHours.ofUsers(userIds)]);
    const quiet = new Map(hours.map(({ userId, ...own }) => [userId, own]));
    const known = new Map(people.map((person) => [person.id, person]));
    if (!(await deps.planNotices({ lane, userIds }, (pending) => planOf(pending, known, quiet)))) return;
  }
}

function planOf(
  { notices, recent, now }: PlannedNotices,
  people: ReadonlyMap<string, Person>,
  quiet: ReadonlyMap<string, QuietHours>,
): MailPlan {
  const sent = grouped(recent);
  const plans = [...grouped(notices)].map(([key, own]): MailPlan => {
    const [{ userId }] = own as [MailNotice];
    const person = people.get(userId);
    // Without an account any more.
    if (!person) return { mails: [], waits: [], dropped: own.map(({ id }) => id) };
    const hours = quiet.get(userId);
    const until = hours ? quietUntil(hours, person.timeZone ?? 'UTC', now) : null;
    return planMails(own, { quietUntil: until, recent: (sent.get(key) ?? []).map(({ at }) => at) }, now);
  });
  return {
    mails: plans.flatMap(({ mails }) => mails),
    waits: plans.flatMap(({ waits }) => waits),
    dropped: plans.flatMap(({ dropped }) => dropped),
  };
}

/** Things by their person and kind. */
function grouped<Thing extends { readonly userId: string; readonly kind: string }>(things: readonly Thing[]) {
  const groups = new Map<string, Thing[]>();
  for (const thing of things) {
    const key = `${thing.kind} ${thing.userId}`;
    const group = groups.get(key);
    if (group) group.push(thing);
    else groups.set(key, [thing]);
  }
  return groups;
}
