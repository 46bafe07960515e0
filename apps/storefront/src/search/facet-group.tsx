import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Button, Checkbox, Soft } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { useCatalogWords } from '../titles/words.ts';
import styles from './search.module.css';
import { searchTexts } from './texts.ts';

interface Value {
  readonly value: string;
  readonly count: number;
}

export interface Facet {
  readonly name: string;
  readonly values: readonly Value[];
}

export interface FacetGroupProps extends Facet {
  readonly selected: readonly string[];
  readonly onToggle: (value: string) => void;
}

const FEW = 6;

/** The values of a field, with the number of matches that have them. */
export function FacetGroup({ name, values, selected, onToggle }: FacetGroupProps) {
  const t = useTexts(searchTexts);
  const { number } = useFormats();
  const { genre, language } = useCatalogWords();
  const [isWhole, setWhole] = useState(false);
  // One that is chosen can be unchosen, also where no match has it any more.
  const absent = selected.filter((value) => values.every((one) => one.value !== value));
  const all = [...absent.map((value) => ({ value, count: 0 })), ...values];
  if (all.length === 0) return null;
  const shown = isWhole ? all : all.filter(({ value }, index) => index < FEW || selected.includes(value));
  const nameOf = (value: string): string => {
    if (value === 'MOVIE' || value === 'LIVE_EVENT') return t(value);
    return name === 'languages' ? language(value) : genre(value);
  };
  return (
    <fieldset className={styles['facet']}>
      <legend>{t(name === 'kind' || name === 'genres' ? name : 'languages')}</legend>
      {shown.map(({ value, count }) => (
        <Checkbox key={value} isSelected={selected.includes(value)} onChange={() => onToggle(value)}>
          {nameOf(value)} <Soft isSmall>{number(count)}</Soft>
        </Checkbox>
      ))}
      {shown.length < all.length && (
        <Button kind="bare" onPress={() => setWhole(true)}>
          {t('moreValues')}
        </Button>
      )}
    </fieldset>
  );
}
