import { useTexts } from '@marquee/app-kit/text';
import { Checkbox, Select, TextField } from '@marquee/app-kit/ui';

import { Fields } from '../forms/grid.tsx';
import type { PlanDraft, Policy } from './plan.ts';
import { planTexts } from './plan-texts.ts';
import { PriceFields } from './price-fields.tsx';
import { scheduleTexts } from './texts.ts';

const POLICIES: readonly Policy[] = ['policyDefault', 'policyDay', 'policyNone'];

export interface PlanTermsProps {
  readonly plan: PlanDraft;
  readonly currency: string;
  readonly isChecked: boolean;
  readonly problems: Readonly<Record<'language' | 'format' | 'limit', string | undefined>>;
  readonly onChange: (changes: Partial<PlanDraft>) => void;
}

/** Prices, and the terms on which tickets are sold. */
export function PlanTerms({ plan, currency, isChecked, problems, onChange }: PlanTermsProps) {
  const t = useTexts(planTexts);
  const words = useTexts(scheduleTexts);
  return (
    <>
      <PriceFields
        prices={plan.prices}
        currency={currency}
        isChecked={isChecked}
        onChange={(prices) => onChange({ prices })}
      />
      <Fields>
        <TextField
          label={words('language')}
          value={plan.language}
          onChange={(language) => onChange({ language })}
          problem={problems.language}
          maxLength={40}
        />
        <TextField
          label={words('format')}
          value={plan.format}
          onChange={(format) => onChange({ format })}
          problem={problems.format}
          maxLength={40}
        />
        <TextField
          label={t('limit')}
          hint={t('limitHint')}
          inputMode="numeric"
          value={plan.limit}
          onChange={(limit) => onChange({ limit })}
          problem={problems.limit}
        />
        <Select
          label={t('policy')}
          value={plan.policy}
          choices={POLICIES.map((id) => ({ id, text: t(id) }))}
          onChange={(policy) => onChange({ policy })}
        />
      </Fields>
      <Checkbox isSelected={plan.transferable} onChange={(transferable) => onChange({ transferable })}>
        {t('transferable')}
      </Checkbox>
      <Checkbox isSelected={plan.highDemand} onChange={(highDemand) => onChange({ highDemand })}>
        {words('highDemand')}
      </Checkbox>
    </>
  );
}
