import { useTexts } from '@marquee/app-kit/text';
import { Button, Row, TextField } from '@marquee/app-kit/ui';

import { Fields } from '../forms/grid.tsx';
import { minorUnits } from '../forms/amount.ts';
import type { PriceDraft } from './prices.ts';
import { planTexts } from './plan-texts.ts';
import { scheduleTexts } from './texts.ts';

export interface PriceFieldsProps {
  readonly prices: readonly PriceDraft[];
  readonly currency: string;
  readonly isChecked: boolean;
  /** Whether the tiers of the screen are known; they are typed where they are not. */
  readonly areTiersKnown: boolean;
  readonly onChange: (prices: readonly PriceDraft[]) => void;
}

/** A price for each tier of the screen. */
export function PriceFields({ prices, currency, isChecked, areTiersKnown, onChange }: PriceFieldsProps) {
  const t = useTexts(planTexts);
  const words = useTexts(scheduleTexts);
  const set = (index: number, changes: Partial<PriceDraft>): void =>
    onChange(prices.map((each, place) => (place === index ? { ...each, ...changes } : each)));
  return (
    <>
      {prices.map(({ tierName, price }, index) => (
        <Fields key={areTiersKnown ? tierName : index}>
          {!areTiersKnown && (
            <TextField
              label={t('tierName')}
              value={tierName}
              onChange={(next) => set(index, { tierName: next })}
              problem={isChecked && tierName.trim() === '' ? t('needTier') : undefined}
            />
          )}
          <TextField
            label={areTiersKnown ? `${tierName} (${currency})` : t('price', { currency })}
            inputMode="decimal"
            value={price}
            onChange={(next) => set(index, { price: next })}
            problem={isChecked && !minorUnits(price, currency) ? words('needPrice') : undefined}
          />
        </Fields>
      ))}
      {!areTiersKnown && (
        <Row>
          <Button kind="quiet" onPress={() => onChange([...prices, { tierName: '', price: '' }])}>
            {t('addTier')}
          </Button>
          {prices.length > 1 && (
            <Button kind="quiet" onPress={() => onChange(prices.slice(0, -1))}>
              {t('removeTier')}
            </Button>
          )}
        </Row>
      )}
    </>
  );
}
