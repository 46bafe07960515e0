import { useTexts } from '@marquee/app-kit/text';
import { Button, TextField } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { LIMITS, resize, type RowDraft } from './layout.ts';
import { layoutTexts } from './layout-texts.ts';
import styles from './layout.module.css';

export interface RowsTableProps {
  readonly rows: readonly RowDraft[];
  readonly onChange: (rows: readonly RowDraft[], name?: string) => void;
  /** Why a row cannot be sent. */
  readonly problemOf: (row: number) => string | undefined;
}

/** The rows of a section as fields: all that the grid does, without a pointer. */
export function RowsTable({ rows, onChange, problemOf }: RowsTableProps) {
  const t = useTexts(layoutTexts);
  const hasProblem = rows.some((_, index) => problemOf(index) !== undefined);
  const [isOpen, setOpen] = useState(false);
  const replace = (index: number, row: RowDraft, name: string): void =>
    onChange(
      rows.map((each, place) => (place === index ? row : each)),
      `${name}:${index}`,
    );
  return (
    <details open={isOpen || hasProblem} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className={styles['summary']}>{t('rowsTable')}</summary>
      {(isOpen || hasProblem) && (
        <div className={styles['rows']}>
          {rows.map((row, index) => (
            <div key={index} className={styles['row']} role="group" aria-label={row.label}>
              <TextField
                label={t('label')}
                value={row.label}
                maxLength={LIMITS.label}
                problem={problemOf(index)}
                onChange={(label) => replace(index, { ...row, label }, 'label')}
              />
              <TextField
                label={t('seats')}
                inputMode="numeric"
                value={String(row.seatCount)}
                onChange={(text) => replace(index, resize(row, Number.parseInt(text, 10) || 1), 'seats')}
              />
              <AccessibleField row={row} onChange={(next) => replace(index, next, 'accessible')} />
              <Button
                kind="quiet"
                aria-label={t('removeRow', { row: row.label })}
                onPress={() => onChange(rows.filter((_, place) => place !== index))}
              >
                ✕
              </Button>
            </div>
          ))}
        </div>
      )}
    </details>
  );
}

/** Wheelchair spaces by their seat numbers. */
function AccessibleField({ row, onChange }: { readonly row: RowDraft; readonly onChange: (row: RowDraft) => void }) {
  const t = useTexts(layoutTexts);
  const [draft, setDraft] = useState<string>();
  const send = (): void => {
    if (draft === undefined) return;
    const numbers = (draft.match(/\d+/g) ?? []).map(Number).filter((number) => number >= 1 && number <= row.seatCount);
    onChange({ ...row, accessible: [...new Set(numbers)].toSorted((a, b) => a - b) });
    setDraft(undefined);
  };
  return (
    <TextField
      label={t('accessible')}
      placeholder={t('accessibleHint')}
      value={draft ?? row.accessible.join(', ')}
      onChange={setDraft}
      onBlur={send}
    />
  );
}
