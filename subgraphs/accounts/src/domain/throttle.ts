import { isIPv6 } from 'node:net';
import { rateLimited } from '@marquee/errors';

const WINDOW_MS = 15 * 60_000;

/** Something that is guessed at, or a place that guesses come from, and how many it may take in a window. */
export interface AttemptLimit {
  readonly subject: string;
  readonly most: number;
  /** Whether a success clears the count, or merely does not count itself. */
  readonly clearedBySuccess: boolean;
}

/** The attempts counted so far in a subject's window. */
export interface AttemptCount {
  readonly subject: string;
  readonly attempts: number;
  readonly endsAt: Date;
}

/** Counts attempts by subject. */
export interface Attempts {
  /** Counts one for each, beginning a window that ends at `endsAt` where none is open. */
  count(subjects: readonly string[], now: Date, endsAt: Date): Promise<AttemptCount[]>;
  settle(cleared: readonly string[], takenBack: readonly string[]): Promise<void>;
}

/** Keeps guessing slow. */
export interface Throttle {
  /**
   * Counts an attempt before it is made: attempts made at the same time cannot slip by together.
   *
   * @throws RATE_LIMITED when there were too many
   */
  attempt(limits: readonly AttemptLimit[]): Promise<void>;
  succeeded(limits: readonly AttemptLimit[]): Promise<void>;
}

/** A throttle over counted windows of a quarter of an hour. */
export function windowThrottle({ attempts, now }: { attempts: Attempts; now: () => Date }): Throttle {
  return {
    attempt: async (limits) => {
      const at = now();
      const subjects = limits.map(({ subject }) => subject);
      const counts = await attempts.count(subjects, at, new Date(at.getTime() + WINDOW_MS));
      const waits = counts.map(({ subject, attempts: made, endsAt }) => {
        const most = limits.find((limit) => limit.subject === subject)?.most ?? 0;
        return made > most ? endsAt.getTime() - at.getTime() : 0;
      });
      const wait = Math.max(0, ...waits);
      if (wait > 0) throw rateLimited(wait / 1000);
    },
    succeeded: async (limits) => {
      const subjectsWhere = (cleared: boolean): string[] =>
        limits.filter(({ clearedBySuccess }) => clearedBySuccess === cleared).map(({ subject }) => subject);
      await attempts.settle(subjectsWhere(true), subjectsWhere(false));
    },
  };
}

/** A throttle that lets everything pass, for load tests. */
export const noThrottle: Throttle = { attempt: async () => {}, succeeded: async () => {} };

/**
 * Logins to an account, whether there is one or not, and from a network address; each null when it is not known.
 */
export function loginLimits(email: string | null, address: string | null): AttemptLimit[] {
  const limits: AttemptLimit[] = [];
  if (email !== null) limits.push({ subject: `login-account:${email}`, most: 10, clearedBySuccess: true });
  if (address === null) return limits;
  return [...limits, { subject: `login-address:${networkOf(address)}`, most: 100, clearedBySuccess: false }];
}

/** Accounts that there are already, found out about from a network address; null when it is not known. */
export function registerLimits(address: string | null): AttemptLimit[] {
  if (address === null) return [];
  return [{ subject: `register-address:${networkOf(address)}`, most: 100, clearedBySuccess: false }];
}

/** Codes tried on somebody's second factor, over all challenges. */
export function secondFactorLimits(userId: string): AttemptLimit[] {
  return [{ subject: `second-factor:${userId}`, most: 10, clearedBySuccess: true }];
}

/** An IPv6 customer has a whole /64 of addresses to guess from. */
function networkOf(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address;
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - first.length - last.length;
  const groups = [...first, ...Array.from({ length: zeros }, () => '0'), ...last];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
