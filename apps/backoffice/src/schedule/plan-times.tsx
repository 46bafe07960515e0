import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Card, Checkbox, Notice, Soft, TextField } from '@marquee/app-kit/ui';

import { Group } from '../forms/grid.tsx';
import type { PlanDraft } from './plan.ts';
import { planTexts } from './plan-texts.ts';
import styles from './schedule.module.css';

export interface PlanTimesProps {
  readonly days: readonly string[];
  readonly plan: PlanDraft;
  readonly timeZone: string;
  readonly starts: readonly string[];
  readonly problems: { readonly days: string | undefined; readonly times: string | undefined };
  readonly onChange: (changes: Partial<PlanDraft>) => void;
}

/** The days and times of the shows, by the venue's clocks. */
export function PlanTimes({ days, plan, timeZone, starts, problems, onChange }: PlanTimesProps) {
  const t = useTexts(planTexts);
  const formats = useFormats();
  return (
    <Card>
      <h2>{t('when')}</h2>
      <Group legend={t('days')}>
        <div className={styles['days']}>
          {days.map((day) => (
            <Checkbox
              key={day}
              isSelected={plan.days.includes(day)}
              onChange={(isSelected) =>
                onChange({ days: isSelected ? [...plan.days, day] : plan.days.filter((each) => each !== day) })
              }
            >
              {formats.day(day)}
            </Checkbox>
          ))}
        </div>
      </Group>
      {problems.days !== undefined && <Notice tone="bad">{problems.days}</Notice>}
      <TextField
        label={t('times')}
        hint={t('timesHint', { zone: timeZone })}
        value={plan.times}
        onChange={(times) => onChange({ times })}
        problem={problems.times}
      />
      {starts.length > 0 && (
        <Soft isSmall>{formats.list(starts.slice(0, 12).map((at) => formats.time(at, 'moment', timeZone)))}</Soft>
      )}
    </Card>
  );
}
