import { useTexts } from '@marquee/app-kit/text';
import { Button, Card, ProblemNotice, Row, Select, Soft, Stack } from '@marquee/app-kit/ui';
import { type FormEvent, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';

import type { ScheduleShowsInput } from '../generated/graphql.ts';
import { useToday } from '../time/use-today.ts';
import type { MyVenue } from '../venues/use-venues.ts';
import { daysToChoose, planInput, planProblems, type PlanDraft, type PlanProblem, startsOf } from './plan.ts';
import { planTexts } from './plan-texts.ts';
import { PlanTerms } from './plan-terms.tsx';
import { PlanTimes } from './plan-times.tsx';
import styles from './schedule.module.css';
import { scheduleTexts } from './texts.ts';
import { type FoundTitle, TitleField } from './title-field.tsx';
import { useTiers } from './use-tiers.ts';

export interface PlanFormProps {
  readonly venue: MyVenue;
  readonly isPending: boolean;
  readonly onSend: (input: ScheduleShowsInput) => Promise<void>;
}

/** Describes many shows of one title on one screen at once. */
export function PlanForm({ venue, isPending, onSend }: PlanFormProps) {
  const t = useTexts(planTexts);
  const words = useTexts(scheduleTexts);
  const { timeZone, currency } = venue.city;
  const [search] = useSearchParams();
  const today = useToday(timeZone);
  const firstDay = search.get('day') ?? today;
  const [title, setTitle] = useState<FoundTitle>();
  const [draft, setDraft] = useState<PlanDraft>(() => ({
    ...{ titleId: undefined, screenId: search.get('screen') ?? venue.screens[0]?.id, days: [firstDay], times: '' },
    ...{ language: '', format: '', prices: [], policy: 'policyDefault', limit: '' },
    ...{ highDemand: false, transferable: true },
  }));
  const [isChecked, setChecked] = useState(false);
  const [now] = useState(() => new Date());
  const form = useRef<HTMLFormElement>(null);
  const { tiers, latest, error, retry } = useTiers(venue, draft.screenId);
  // Fields that the person has not typed are as in the screen's latest show.
  const plan: PlanDraft = {
    ...draft,
    titleId: title?.id,
    language: draft.language || (latest?.language ?? ''),
    format: draft.format || (latest?.format ?? ''),
    prices: draft.prices.length > 0 ? draft.prices : tiers,
  };
  const set = (changes: Partial<PlanDraft>): void => setDraft((former) => ({ ...former, ...changes }));
  const found = isChecked ? planProblems(plan, venue.city, now) : {};
  const problem = (key: keyof typeof found): string | undefined => {
    const text: PlanProblem | undefined = found[key];
    return text && t(text);
  };
  const send = (event: FormEvent): void => {
    event.preventDefault();
    setChecked(true);
    const input = planInput(plan, venue.city);
    if (input && Object.keys(planProblems(plan, venue.city, new Date())).length === 0) void onSend(input);
    else
      requestAnimationFrame(() =>
        form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]')?.focus(),
      );
  };
  const starts = startsOf(plan, timeZone);
  return (
    <form ref={form} className={styles['form']} onSubmit={send} noValidate>
      <Card>
        <h2>{t('what')}</h2>
        <TitleField title={title} onChange={setTitle} problem={problem('title')} />
        <Select
          label={words('screen')}
          value={plan.screenId ?? null}
          choices={venue.screens.map(({ id, name }) => ({ id, text: name }))}
          onChange={(screenId) => set({ screenId, prices: [] })}
        />
      </Card>
      <PlanTimes
        days={daysToChoose(firstDay < today ? today : firstDay)}
        plan={plan}
        timeZone={timeZone}
        starts={starts}
        problems={{ days: problem('days'), times: problem('times') }}
        onChange={set}
      />
      <Card>
        <h2>{t('terms')}</h2>
        {error && <ProblemNotice error={error} onRetry={() => void retry()} />}
        <PlanTerms
          plan={plan}
          currency={currency}
          isChecked={isChecked}
          problems={{ language: problem('language'), format: problem('format'), limit: problem('limit') }}
          onChange={set}
        />
      </Card>
      <Stack>
        <Soft>{t('starts', { count: starts.length })}</Soft>
        <Row>
          <Button type="submit" isPending={isPending}>
            {t('create', { count: starts.length })}
          </Button>
        </Row>
      </Stack>
    </form>
  );
}
