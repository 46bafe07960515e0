import { counterIn, type Instruments, type Log, observe } from '@marquee/telemetry';

import { PUSH_LANES } from '../domain/push-message.ts';
import type { PushOutcome } from '../domain/push-outcome.ts';
import type { PushDeliveryRepository } from './push-deliveries.ts';
import type { PushHostRepository } from './push-hosts.ts';

interface Observed {
  readonly deliveries: PushDeliveryRepository;
  readonly hosts: PushHostRepository;
}

/** Exports what waits to be pushed, and for how long. @returns what records each outcome, and those that expired */
export function observePushes({ deliveries, hosts }: Observed, { metrics }: Instruments, log: Log) {
  const outcomes =
    metrics &&
    counterIn(metrics, { name: 'marquee_pushes_total', help: 'Tries to push a message', labelNames: ['outcome'] });
  const count = (outcome: PushOutcome['kind'] | 'EXPIRED', by = 1): void =>
    outcomes?.inc({ outcome: outcome.toLowerCase() }, by);
  if (metrics) {
    for (const lane of PUSH_LANES) {
      const ofLane = async () => (await deliveries.waiting()).find((each) => each.lane === lane);
      const labels = { lane: lane.toLowerCase() };
      observe(metrics, {
        ...{ name: 'marquee_pushes_waiting', help: 'Pushes that are not sent yet', labels },
        read: async () => (await ofLane())?.deliveries ?? 0,
      });
      observe(metrics, {
        ...{ name: 'marquee_pushes_lag_seconds', help: 'For how long the oldest push that is due has been', labels },
        read: async () => (await ofLane())?.dueSeconds ?? 0,
      });
    }
    observe(metrics, {
      ...{ name: 'marquee_push_hosts_paused', help: 'Push services that are left alone for now' },
      read: () => hosts.paused(),
    });
  }
  return {
    onPush: (outcome: PushOutcome['kind'], { host }: { readonly host: string }): void => {
      count(outcome);
      if (outcome === 'FAILED' || outcome === 'REFUSED') log.warn({ host, outcome }, 'a message could not be pushed');
    },
    onExpired: (pushes: number): void => count('EXPIRED', pushes),
  };
}
