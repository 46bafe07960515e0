import { useTexts } from '@marquee/app-kit/text';
import { Select, TextField } from '@marquee/app-kit/ui';

import { CURRENCIES } from './checks.ts';
import { useFoundCities } from './found.ts';
import { Picker, type Picked } from './picker.tsx';
import { formTexts } from './texts.ts';

interface Choice<Value> {
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** The currency of a form's amounts. */
export function CurrencyField({ value, onChange }: Choice<string>) {
  const t = useTexts(formTexts);
  const choices = CURRENCIES.map((id) => ({ id, text: id }));
  return <Select label={t('currency')} value={value} choices={choices} onChange={onChange} />;
}

/** The cities that something is limited to. */
export function CitiesField({ value, onChange }: Choice<readonly Picked[]>) {
  const t = useTexts(formTexts);
  return (
    <Picker
      label={t('cities')}
      hint={t('citiesHint')}
      picked={value}
      onChange={onChange}
      max={50}
      useFound={useFoundCities}
    />
  );
}

interface Moment extends Choice<string> {
  readonly problem: string | undefined;
}

/** The first and the last moment of something, by the person's own clock. */
export function PeriodFields({ startsAt, endsAt }: { readonly startsAt: Moment; readonly endsAt: Moment }) {
  const t = useTexts(formTexts);
  return (
    <>
      <TextField label={t('from')} hint={t('byYourClock')} type="datetime-local" {...startsAt} />
      <TextField label={t('until')} type="datetime-local" {...endsAt} />
    </>
  );
}
