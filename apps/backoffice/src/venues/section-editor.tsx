import { useTexts } from '@marquee/app-kit/text';
import { Button, Card, TextField } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { addRow, LIMITS, type RowDraft, type SectionDraft } from './layout.ts';
import type { FoundProblem } from './layout-problems.ts';
import { layoutTexts } from './layout-texts.ts';
import styles from './layout.module.css';
import { RowsTable } from './rows-table.tsx';
import { SeatGrid, type Tool } from './seat-grid.tsx';

const TOOLS: readonly Tool[] = ['draw', 'accessible', 'aisle'];
const TOOL_TEXTS = { draw: 'draw', accessible: 'accessibleTool', aisle: 'aisle' } as const;

export interface SectionEditorProps {
  readonly section: SectionDraft;
  readonly color: string;
  readonly problems: readonly FoundProblem[];
  readonly onChange: (section: SectionDraft, name?: string) => void;
  readonly onRemove: () => void;
  readonly onMove: ((by: -1 | 1) => void) | undefined;
  readonly onDivide: (behind: number) => void;
}

/** A section: its name and tier, and its rows or standing places. */
export function SectionEditor({ section, color, problems, onChange, onRemove, onMove, onDivide }: SectionEditorProps) {
  const t = useTexts(layoutTexts);
  const set = (changes: Partial<SectionDraft>, name?: string): void =>
    onChange({ ...section, ...changes }, name && `${section.id}:${name}`);
  const problem = (...kinds: FoundProblem['problem'][]): string | undefined => {
    const found = problems.find((each) => kinds.includes(each.problem));
    return found && t(`problem_${found.problem}`);
  };
  return (
    <Card>
      <div className={styles['fields']}>
        <TextField
          label={t('sectionName')}
          value={section.name}
          maxLength={LIMITS.name}
          problem={problem('sectionName', 'sectionNameTwice')}
          onChange={(name) => set({ name }, 'name')}
        />
        <TextField
          label={t('tierName')}
          value={section.tierName}
          maxLength={LIMITS.name}
          problem={problem('tierName')}
          onChange={(tierName) => set({ tierName }, 'tier')}
        />
        {section.isStanding && (
          <TextField
            label={t('capacity')}
            inputMode="numeric"
            value={section.standingCapacity ? String(section.standingCapacity) : ''}
            problem={problem('standing')}
            onChange={(text) => set({ standingCapacity: Number.parseInt(text, 10) || 0 }, 'capacity')}
          />
        )}
      </div>
      {!section.isStanding && (
        <Rows
          section={section}
          color={color}
          noRows={problem('noRows')}
          problemOf={(row) => {
            const found = problems.find((each) => each.row === row);
            return found && t(`problem_${found.problem}`);
          }}
          onChange={(rows, name) => set({ rows }, name)}
          onDivide={onDivide}
        />
      )}
      <div className={styles['tools']}>
        {onMove && (
          <>
            <Button kind="quiet" onPress={() => onMove(-1)} aria-label={`${t('up')}: ${section.name}`}>
              ↑
            </Button>
            <Button kind="quiet" onPress={() => onMove(1)} aria-label={`${t('down')}: ${section.name}`}>
              ↓
            </Button>
          </>
        )}
        <Button kind="danger" onPress={onRemove}>
          {t('removeSection')}
        </Button>
      </div>
    </Card>
  );
}

interface RowsProps {
  readonly section: SectionDraft;
  readonly color: string;
  readonly noRows: string | undefined;
  readonly problemOf: (row: number) => string | undefined;
  readonly onChange: (rows: readonly RowDraft[], name?: string) => void;
  readonly onDivide: (behind: number) => void;
}

function Rows({ section, color, noRows, problemOf, onChange, onDivide }: RowsProps) {
  const t = useTexts(layoutTexts);
  const [tool, setTool] = useState<Tool>('draw');
  const [count, setCount] = useState('4');
  const [seats, setSeats] = useState('12');
  const add = (): void => {
    let rows = section.rows;
    for (let left = Math.min(Number(count) || 1, LIMITS.rows); left > 0; left -= 1)
      rows = addRow(rows, Math.min(Math.max(1, Number(seats) || 1), LIMITS.rowSeats));
    onChange(rows);
  };
  return (
    <>
      <div className={styles['bar']}>
        <div className={styles['narrow']}>
          <TextField label={t('rowCount')} inputMode="numeric" value={count} onChange={setCount} problem={noRows} />
        </div>
        <div className={styles['narrow']}>
          <TextField label={t('seatsPerRow')} inputMode="numeric" value={seats} onChange={setSeats} />
        </div>
        <Button kind="quiet" onPress={add}>
          {t('addRows')}
        </Button>
      </div>
      <div className={styles['tools']} role="group" aria-label={t('tool')}>
        {TOOLS.map((each) => (
          <Button
            key={each}
            kind={each === tool ? 'main' : 'quiet'}
            aria-pressed={each === tool}
            onPress={() => setTool(each)}
          >
            {t(TOOL_TEXTS[each])}
          </Button>
        ))}
      </div>
      <SeatGrid
        name={section.name}
        rows={section.rows}
        tool={tool}
        color={color}
        onChange={(rows, name) => onChange(rows, name)}
        onDivide={onDivide}
      />
      <RowsTable rows={section.rows} onChange={onChange} problemOf={problemOf} />
    </>
  );
}
