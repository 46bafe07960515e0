import { useTexts } from '@marquee/app-kit/text';
import { TextField } from '@marquee/app-kit/ui';

import { Fields } from '../forms/grid.tsx';
import { minorUnits } from '../forms/amount.ts';
import type { PriceDraft } from './prices.ts';
import { scheduleTexts } from './texts.ts';

export interface PriceFieldsProps {
  readonly prices: readonly PriceDraft[];
  readonly currency: string;
  readonly isChecked: boolean;
  readonly onChange: (prices: readonly PriceDraft[]) => void;
}

/** A price for each tier of the screen. */
export function PriceFields({ prices, currency, isChecked, onChange }: PriceFieldsProps) {
  const words = useTexts(scheduleTexts);
  const set = (tier: string, price: string): void =>
    onChange(prices.map((each) => (each.tierName === tier ? { ...each, price } : each)));
  return prices.map(({ tierName, price }) => (
    <Fields key={tierName}>
      <TextField
        label={`${tierName} (${currency})`}
        inputMode="decimal"
        value={price}
        onChange={(next) => set(tierName, next)}
        problem={isChecked && !minorUnits(price, currency) ? words('needPrice') : undefined}
      />
    </Fields>
  ));
}
