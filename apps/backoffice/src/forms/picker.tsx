import { useTexts } from '@marquee/app-kit/text';
import { Button, Soft, TextField, useDebounced } from '@marquee/app-kit/ui';
import { useState } from 'react';

import styles from './picker.module.css';
import { formTexts } from './texts.ts';

export interface Picked {
  readonly id: string;
  readonly text: string;
}

export interface PickerProps {
  readonly label: string;
  readonly hint?: string;
  readonly problem?: string | undefined;
  readonly picked: readonly Picked[];
  readonly onChange: (picked: readonly Picked[]) => void;
  /** How many may be picked. */
  readonly max: number;
  /** A hook that finds things by a part of their name. */
  readonly useFound: (search: string) => readonly Picked[];
}

/** Finds things by their names, and keeps those that are picked. */
export function Picker({ label, hint, problem, picked, onChange, max, useFound }: PickerProps) {
  const t = useTexts(formTexts);
  const [search, setSearch] = useState('');
  const term = useDebounced(search);
  const found = useFound(term).filter(({ id }) => !picked.some((each) => each.id === id));
  const isFull = picked.length >= max;
  return (
    <div className={styles['picker']}>
      {picked.length > 0 && (
        <ul className={styles['picked']} aria-label={label}>
          {picked.map((each) => (
            <li key={each.id} className={styles['chip']}>
              {each.text}
              <Button
                kind="bare"
                aria-label={t('remove', { name: each.text })}
                onPress={() => onChange(picked.filter(({ id }) => id !== each.id))}
              >
                ✕
              </Button>
            </li>
          ))}
        </ul>
      )}
      {!isFull && (
        <TextField type="search" label={label} hint={hint} problem={problem} value={search} onChange={setSearch} />
      )}
      {!isFull && term.trim() !== '' && found.length === 0 && <Soft isSmall>{t('nothingFound')}</Soft>}
      {!isFull && term.trim() !== '' && found.length > 0 && (
        <ul className={styles['found']} aria-label={t('found')}>
          {found.slice(0, 8).map((each) => (
            <li key={each.id}>
              <Button
                kind="bare"
                onPress={() => {
                  setSearch('');
                  onChange([...picked, each]);
                }}
              >
                + {each.text}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
