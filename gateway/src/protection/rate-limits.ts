import { rateLimited } from '@marquee/errors';
import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import type { Requester } from './checks.ts';
import {
  type WindowCount,
  type DeferredCountListener,
  memoryCounter,
  type RateCounter,
  redisCounter,
} from './rate-counter.ts';

/** Maximum points per minute. */
export interface RateLimitSettings {
  /** Of one signed-in user. */
  readonly perCaller: number;
  /** Of all requests from one network that are anonymous, or whose credential is refused. */
  readonly perAnonymous: number;
  /** Of one network, over all callers. */
  readonly perNetwork: number;
}

export const DEFAULT_RATE_LIMITS: RateLimitSettings = { perCaller: 2_000, perAnonymous: 5_000, perNetwork: 20_000 };

/** Who is limited: a signed-in user, the anonymous callers of a network together, or all callers of a network. */
export type LimitKind = 'caller' | 'anonymous' | 'network';

/** Points that a requester pays before work is done for it. */
export interface RateLimits {
  /**
   * Charges points to the caller and to its network. Returns a promise only near a limit.
   *
   * @throws RATE_LIMITED with `retryAfterSeconds`
   */
  charge(requester: Requester, points: number): void | Promise<void>;
}

export interface RateLimitsOptions {
  readonly settings: RateLimitSettings;
  /** Shares counts between gateways; without it each gateway has its own. */
  readonly redis?: Redis;
  readonly namespace: string;
  readonly now: () => number;
  readonly onCharged: (payer: 'caller' | 'anonymous', points: number) => void;
  readonly onLimited: (limit: LimitKind) => void;
  /** Called when a charge is known to this gateway only, because Redis failed. */
  readonly onFailure: (error: unknown) => void;
}

const WINDOW_MS = 60_000;

/** Windows cached in memory. */
const MAX_WINDOWS = 20_000;

/** Below this share of a limit, minus {@link IN_FLIGHT_MARGIN}, points are counted later, in a batch. */
const DEFERRED_SHARE = 0.5;

/** Points that other gateways may have counted but this one does not know yet. */
const IN_FLIGHT_MARGIN = 50;

interface Account {
  readonly kind: LimitKind;
  readonly key: string;
}

interface Window {
  /** The latest count from Redis, plus points charged here since. */
  count: number;
  /** Epoch ms. */
  endsAt: number;
  /** Whether the count of the other gateways is known. */
  isShared: boolean;
}

/**
 * Limits the points of callers and networks, in windows of a minute.
 *
 * A charge waits for Redis only near a limit. Far below it, the points are counted later; above it, they are refused
 * immediately and not counted. A caller above its own limit does not use up its network's. Several gateways together
 * exceed a limit at most by the operations of 20 ms. Without Redis, each gateway limits what it has counted itself.
 */
export function rateLimits(options: RateLimitsOptions): RateLimits {
  const { settings, now, onCharged, onLimited, onFailure } = options;
  const limits = { caller: settings.perCaller, anonymous: settings.perAnonymous, network: settings.perNetwork };
  const windows = new LRUCache<string, Window>({ max: MAX_WINDOWS });

  const open = (key: string): Window => {
    const known = windows.get(key);
    if (known && known.endsAt > now()) return known;
    const window = { count: 0, endsAt: now() + WINDOW_MS, isShared: false };
    windows.set(key, window);
    return window;
  };
  const update = (key: string, { count, msLeft }: WindowCount): void => {
    const window = open(key);
    window.count = Math.max(window.count, count);
    if (!window.isShared) window.endsAt = now() + msLeft;
    window.isShared = true;
  };
  const counter = counterOf(options, {
    onCounted: update,
    onLost: (error, charges) => {
      for (let charge = 0; charge < charges; charge++) onFailure(error);
    },
  });

  const reject = ({ kind, key }: Account): never => {
    onLimited(kind);
    throw rateLimited((open(key).endsAt - now()) / 1000, 'You have sent too many operations. Try again later.');
  };

  const countNow = async (accounts: readonly Account[], points: number): Promise<void> => {
    const keys = accounts.map(({ key }) => key);
    let counted: readonly WindowCount[];
    try {
      counted = await counter.count(keys, points);
    } catch (error) {
      return onFailure(error);
    }
    for (const [index, key] of keys.entries()) update(key, counted[index] as WindowCount);
    for (const [index, account] of accounts.entries()) {
      if ((counted[index] as WindowCount).count > limits[account.kind]) reject(account);
    }
  };

  return {
    charge: (requester, points) => {
      const accounts = accountsOf(requester);
      for (const account of accounts) {
        if (open(account.key).count + points > limits[account.kind]) reject(account);
      }
      onCharged(accounts[0].kind, points);
      let canDefer = true;
      for (const { kind, key } of accounts) {
        const window = open(key);
        canDefer &&= window.isShared && window.count + points <= limits[kind] * DEFERRED_SHARE - IN_FLIGHT_MARGIN;
        window.count += points;
      }
      if (!canDefer) return countNow(accounts, points);
      counter.countDeferred([accounts[0].key, accounts[1].key], points);
      return undefined;
    },
  };
}

/** The caller comes first, so that its own limit is checked before its network is charged. */
function accountsOf({ identity: { caller }, client }: Requester) {
  const network = { kind: 'network', key: `network:${client.network}` } as const;
  return caller.kind === 'user'
    ? ([{ kind: 'caller', key: `caller:${caller.userId}` }, network] as const)
    : ([{ kind: 'anonymous', key: `anonymous:${client.network}` }, network] as const);
}

function counterOf({ redis, namespace }: RateLimitsOptions, later: DeferredCountListener): RateCounter {
  if (!redis) return memoryCounter(WINDOW_MS, later);
  return redisCounter({ redis, prefix: `${namespace}:rate:`, windowMs: WINDOW_MS, later });
}
