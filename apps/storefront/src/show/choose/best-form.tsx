import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Button, Checkbox, Select, Soft } from '@marquee/app-kit/ui';

import type { Tier } from '../use-show.ts';
import styles from './choose.module.css';
import { Stepper } from './stepper.tsx';
import { chooseTexts } from './texts.ts';
import type { BestWanted } from './use-holding.ts';

export interface BestFormProps {
  readonly tiers: readonly Tier[];
  readonly hasStanding: boolean;
  readonly maximum: number;
  readonly wanted: BestWanted;
  readonly onChange: (wanted: BestWanted) => void;
  readonly isPending: boolean;
  readonly onFind: () => void;
}

/** Lets the marketplace choose: how many, at which price, with a wheelchair place or not. */
export function BestForm({ tiers, hasStanding, maximum, wanted, onChange, isPending, onFind }: BestFormProps) {
  const t = useTexts(chooseTexts);
  const { money } = useFormats();
  const { quantity, tierId, accessible } = wanted;
  const choices = [
    { id: '', text: t('anyTier') },
    ...tiers.map(({ id, name, allInPrice }) => ({
      id,
      text: allInPrice ? t('tierChoice', { tier: name, price: money(allInPrice) }) : name,
    })),
  ];
  return (
    <form
      className={styles['best']}
      onSubmit={(event) => {
        event.preventDefault();
        onFind();
      }}
    >
      <h2>{t(hasStanding ? 'bestStanding' : 'best')}</h2>
      <Stepper
        label={t('quantity')}
        value={quantity}
        minimum={1}
        maximum={maximum}
        onChange={(next) => onChange({ ...wanted, quantity: next })}
        fewer={t('fewer')}
        more={t('more')}
      />
      {tiers.length > 1 && (
        <Select
          label={t('tier')}
          choices={choices}
          value={tierId ?? ''}
          onChange={(id) => onChange({ ...wanted, tierId: id === '' ? null : id })}
        />
      )}
      <Checkbox isSelected={accessible} onChange={(next) => onChange({ ...wanted, accessible: next })}>
        {t('accessible')}
      </Checkbox>
      <Button type="submit" kind="quiet" isPending={isPending}>
        {t('findBest', { count: quantity })}
      </Button>
      <Soft isSmall>{hasStanding ? t('standingHere') : t('bestHint')}</Soft>
    </form>
  );
}
