import { useFormats, useTexts } from '@marquee/app-kit/text';
import { useCallback } from 'react';

import { showTexts } from '../texts.ts';
import type { Tier } from '../use-show.ts';
import type { PlacedSeat } from './hall.ts';
import type { SeatLook } from './seat-store.ts';

/** The words for a seat, such as “Row C seat 7, Premium, 12.00 €, free”. */
export function useLabels(tiers: readonly Tier[]) {
  const t = useTexts(showTexts);
  const { money } = useFormats();
  const nameOf = useCallback(
    ({ section, row, number }: Pick<PlacedSeat, 'section' | 'row' | 'number'>) =>
      row === '' ? t('standingPlace', { section, number }) : t('seatName', { row, number }),
    [t],
  );
  const priceOf = useCallback(
    (tierId: string) => {
      const price = tiers.find(({ id }) => id === tierId)?.allInPrice;
      return price ? money(price) : '';
    },
    [tiers, money],
  );
  const labelOf = useCallback(
    (seat: PlacedSeat, look: SeatLook) => {
      const tier = tiers.find(({ id }) => id === seat.tierId)?.name ?? '';
      const place = seat.accessible ? `${nameOf(seat)}, ${t('wheelchair')}` : nameOf(seat);
      return [place, tier, priceOf(seat.tierId), t(look)].filter(Boolean).join(', ');
    },
    [tiers, nameOf, priceOf, t],
  );
  return { nameOf, priceOf, labelOf };
}
