import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Button, Notice, Select } from '@marquee/app-kit/ui';
import { type ReactNode, useId } from 'react';
import { useSearchParams } from 'react-router';

import { useCity } from '../city/city.ts';
import { usePosition } from '../city/position.ts';
import { dayIn, daysFrom } from '../days/days.ts';
import { type Facet, FacetGroup } from './facet-group.tsx';
import { FACET_PARAMS, filterOf, type SearchState, toggled, withParam } from './params.ts';
import styles from './search.module.css';
import { searchTexts } from './texts.ts';

const DISTANCES = [2, 5, 10, 25, 50, 100] as const;
const FIRST_DISTANCE = '25';
const DAYS = 21;

export interface FiltersProps {
  readonly state: SearchState;
  readonly facets: readonly Facet[];
}

/** Where, when, how far, and the values that the matches have. Each change is a new address. */
export function Filters({ state, facets }: FiltersProps) {
  const t = useTexts(searchTexts);
  const { city } = useCity();
  const [params, setParams] = useSearchParams();
  const set = (name: string, value: string | undefined): void =>
    setParams(withParam(params, name, value), { replace: true, preventScrollReset: true });
  const clear = (): void => setParams(state.text === '' ? {} : { q: state.text }, { replace: true });
  return (
    <FilterPanel>
      {city && (
        <Select
          label={t('where')}
          value={state.isEverywhere ? 'everywhere' : 'city'}
          choices={[
            { id: 'city', text: t('inCity', { city: city.name }) },
            { id: 'everywhere', text: t('everywhere') },
          ]}
          onChange={(id) => set('everywhere', id === 'everywhere' ? '1' : undefined)}
        />
      )}
      <DayFilter date={state.date} timeZone={city?.timeZone} onChange={(date) => set('date', date)} />
      <DistanceFilter state={state} />
      {Object.entries(FACET_PARAMS).map(([name, param]) => (
        <FacetGroup
          key={name}
          name={name}
          values={facets.find((facet) => facet.name === name)?.values ?? []}
          selected={params.getAll(param)}
          onToggle={(value) => setParams(toggled(params, param, value), { replace: true, preventScrollReset: true })}
        />
      ))}
      {(filterOf(state) !== null || state.isEverywhere) && (
        <Button kind="quiet" onPress={clear}>
          {t('clear')}
        </Button>
      )}
    </FilterPanel>
  );
}

/** Open beside the results on a wide screen, closed above them on a phone. */
function FilterPanel({ children }: { readonly children: ReactNode }) {
  const t = useTexts(searchTexts);
  const id = useId();
  return (
    <section className={styles['panel']} aria-labelledby={id}>
      <details className={styles['details']} open={window.matchMedia('(width >= 56rem)').matches}>
        <summary id={id}>{t('filters')}</summary>
        <div className={styles['filters']}>{children}</div>
      </details>
    </section>
  );
}

interface DayFilterProps {
  readonly date: string | undefined;
  readonly timeZone: string | undefined;
  readonly onChange: (date: string | undefined) => void;
}

function DayFilter({ date, timeZone, onChange }: DayFilterProps) {
  const t = useTexts(searchTexts);
  const { day } = useFormats();
  const days = new Set([...(date === undefined ? [] : [date]), ...daysFrom(dayIn(timeZone), DAYS)]);
  return (
    <Select
      label={t('date')}
      value={date ?? ''}
      choices={[{ id: '', text: t('anyDay') }, ...[...days].toSorted().map((id) => ({ id, text: day(id) }))]}
      onChange={(id) => onChange(id || undefined)}
    />
  );
}

function DistanceFilter({ state }: { readonly state: SearchState }) {
  const t = useTexts(searchTexts);
  const [params, setParams] = useSearchParams();
  const position = usePosition(({ latitude, longitude }) => {
    const near = withParam(params, 'near', `${latitude.toFixed(3)},${longitude.toFixed(3)}`);
    setParams(withParam(near, 'within', FIRST_DISTANCE), { replace: true });
  });
  const choose = (id: string): void =>
    setParams(
      id === ''
        ? withParam(withParam(params, 'near', undefined), 'within', undefined)
        : withParam(params, 'within', id),
      {
        replace: true,
      },
    );
  if (!state.near)
    return (
      <>
        <Button kind="quiet" onPress={position.ask} isPending={position.isAsking}>
          {t('near')}
        </Button>
        {position.isDenied && <Notice tone="warning">{t('denied')}</Notice>}
      </>
    );
  return (
    <Select
      label={t('distance')}
      value={String(state.withinKilometres ?? '')}
      choices={[
        { id: '', text: t('anyDistance') },
        ...DISTANCES.map((km) => ({ id: String(km), text: t('within', { km }) })),
      ]}
      onChange={choose}
    />
  );
}
