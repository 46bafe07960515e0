import type { Write } from '@marquee/app-kit/text';

import type { EventFunnelQuery } from '../generated/graphql.ts';

type FunnelStep = NonNullable<EventFunnelQuery['eventFunnel']>['steps'][number];

/** Events that the marketplace's own applications and its server record, in the usual order. */
export const KNOWN_STEPS = [
  ...(['search', 'search_click', 'title_view', 'show_view', 'seat_map_view', 'seats_held', 'checkout_start'] as const),
  'booking_confirmed',
] as const;

export type KnownStep = (typeof KNOWN_STEPS)[number];

export function stepName(t: Write<KnownStep>, step: string): string {
  return (KNOWN_STEPS as readonly string[]).includes(step) ? t(step as KnownStep) : step;
}

/** Adds the share of visitors who came from the step before, in percent. */
export function withShares(steps: readonly FunnelStep[]) {
  return steps.map((step, index) => {
    const before = index === 0 ? step.visitors : (steps[index - 1]?.visitors ?? 0);
    return { ...step, key: `${index}`, fromBefore: before === 0 ? 0 : (step.visitors / before) * 100 };
  });
}
