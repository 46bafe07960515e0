import { useTexts } from '@marquee/app-kit/text';
import { TextField } from '@marquee/app-kit/ui';

import type { fieldProblems, VenueFields } from './fields.ts';
import styles from './layout.module.css';
import { venuesTexts } from './texts.ts';

export interface VenueFieldsFormProps {
  readonly fields: VenueFields;
  readonly problems: ReturnType<typeof fieldProblems>;
  readonly onChange: (fields: VenueFields) => void;
}

/** Fields that a new venue and an existing one have. */
export function VenueFieldsForm({ fields, problems, onChange }: VenueFieldsFormProps) {
  const t = useTexts(venuesTexts);
  const field = (key: keyof VenueFields) => {
    const problem = problems[key];
    return {
      label: t(key),
      value: fields[key],
      onChange: (value: string) => onChange({ ...fields, [key]: value }),
      ...(problem && { problem: t(problem) }),
    };
  };
  return (
    <>
      <TextField {...field('name')} maxLength={120} />
      <TextField {...field('address')} maxLength={300} autoComplete="off" />
      <div className={styles['fields']}>
        <TextField {...field('latitude')} inputMode="decimal" hint={t('locationHint')} />
        <TextField {...field('longitude')} inputMode="decimal" />
      </div>
      <TextField {...field('amenities')} hint={t('amenitiesHint')} />
    </>
  );
}
