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
  /** Webhooks of one network, which pay for nothing else. */
  readonly webhooksPerNetwork: number;
}

export const DEFAULT_RATE_LIMITS: RateLimitSettings = {
  ...{ perCaller: 2_000, perAnonymous: 5_000, perNetwork: 20_000 },
  webhooksPerNetwork: 60_000,
};

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
  readonly settings: Omit<RateLimitSettings, 'webhooksPerNetwork'>;
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

  const reject = ({ kind }: Account, { endsAt }: Window): never => {
    onLimited(kind);
    throw rateLimited((endsAt - now()) / 1000, 'You have sent too many operations. Try again later.');
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
      if ((counted[index] as WindowCount).count > limits[account.kind]) reject(account, open(account.key));
    }
  };

  return {
    charge: (requester, points) => {
      const [own, shared] = accountsOf(requester);
      const [ownWindow, sharedWindow] = [open(own.key), open(shared.key)];
      // The caller's own limit comes first, so that above it nothing is charged to its network.
      if (ownWindow.count + points > limits[own.kind]) reject(own, ownWindow);
      if (sharedWindow.count + points > limits.network) reject(shared, sharedWindow);
      onCharged(own.kind, points);
      ownWindow.count += points;
      sharedWindow.count += points;
      if (!isFarBelow(limits[own.kind], ownWindow) || !isFarBelow(limits.network, sharedWindow)) {
        return countNow([own, shared], points);
      }
      counter.countDeferred([own.key, shared.key], points);
      return undefined;
    },
  };
}

function isFarBelow(limit: number, { count, isShared }: Window): boolean {
  return isShared && count <= limit * DEFERRED_SHARE - IN_FLIGHT_MARGIN;
}

function accountsOf({ identity: { caller }, client: { network } }: Requester) {
  const shared = { kind: 'network', key: `network:${network}` } as const;
  return caller.kind === 'user'
    ? ([{ kind: 'caller', key: `caller:${caller.userId}` }, shared] as const)
    : ([{ kind: 'anonymous', key: `anonymous:${network}` }, shared] as const);
}

function counterOf({ redis, namespace }: RateLimitsOptions, later: DeferredCountListener): RateCounter {
  if (!redis) return memoryCounter(WINDOW_MS, later);
  return redisCounter({ redis, prefix: `${namespace}:rate:`, windowMs: WINDOW_MS, later });
}
