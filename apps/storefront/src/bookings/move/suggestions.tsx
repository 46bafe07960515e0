import { type MoneyValue, useFormats, useTexts } from '@marquee/app-kit/text';
import { RadioGroup, Soft } from '@marquee/app-kit/ui';
import { useEffect, useSyncExternalStore } from 'react';

import type { SeatStore } from '../../show/map/seat-store.ts';
import { type SeatGroup, seatGroups, type SeatSection } from './groups.ts';
import styles from './move.module.css';
import { moveTexts } from './texts.ts';

interface SuggestionsProps {
  readonly sections: readonly SeatSection[];
  readonly store: SeatStore;
  readonly count: number;
  readonly tiers: readonly { readonly id: string; readonly name: string; readonly allInPrice: MoneyValue | null }[];
  /** Those that are chosen now. */
  readonly seats: readonly { readonly id: string }[];
  readonly onChoose: (ids: readonly string[]) => void;
  /** Called with the best seats, for whoever has not chosen. */
  readonly onBegin: (ids: readonly string[]) => void;
}

const SHOWN = 4;

/** The best seats side by side that are free now. */
export function Suggestions({ sections, store, count, tiers, seats, onChoose, onBegin }: SuggestionsProps) {
  const t = useTexts(moveTexts);
  // Drawn again when seats are taken or come free.
  useSyncExternalStore(store.subscribe, () => store.countFree());
  const isFree = (id: string): boolean => store.look(id) === 'free' || store.look(id) === 'chosen';
  const groups = seatGroups(sections, count, isFree).slice(0, SHOWN);
  const best = groups[0]?.key;
  useEffect(() => {
    onBegin(best === undefined ? [] : best.split(','));
  }, [best, onBegin]);
  const chosen = new Set(seats.map(({ id }) => id));
  const value = groups.find((group) => group.seats.every(({ id }) => chosen.has(id)))?.key;
  if (groups.length === 0) return <p>{t('noSeats')}</p>;
  return (
    <RadioGroup
      label={t('seats')}
      value={value ?? null}
      choices={groups.map((group) => ({
        id: group.key,
        text: <GroupName group={group} tier={tiers.find(({ id }) => id === group.tierId)} />,
      }))}
      onChange={(key) => onChoose(key.split(','))}
    />
  );
}

interface GroupNameProps {
  readonly group: SeatGroup;
  readonly tier: SuggestionsProps['tiers'][number] | undefined;
}

function GroupName({ group: { row, section, seats }, tier }: GroupNameProps) {
  const t = useTexts(moveTexts);
  const { money } = useFormats();
  const numbers = seats.map(({ number }) => number);
  const [first, last] = [String(Math.min(...numbers)), String(Math.max(...numbers))];
  const price = tier?.allInPrice;
  return (
    <span className={styles['choice']}>
      <span>{t('group', { row, count: seats.length, first, last })}</span>
      <Soft isSmall>
        {section}, {tier?.name}
        {price && ` · ${money({ ...price, amount: price.amount * seats.length })}`}
      </Soft>
    </span>
  );
}
