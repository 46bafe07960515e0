import { useQuery } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { Select, Soft, TextField, useDebounced } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { FindCitiesDocument, type FindCitiesQuery } from '../generated/graphql.ts';
import styles from './layout.module.css';
import { venuesTexts } from './texts.ts';

export type FoundCity = FindCitiesQuery['cities']['edges'][number]['node'];

export interface CityFieldProps {
  readonly city: FoundCity | undefined;
  readonly onChange: (city: FoundCity) => void;
  readonly problem: string | undefined;
}

/** Finds a city by its name. */
export function CityField({ city, onChange, problem }: CityFieldProps) {
  const t = useTexts(venuesTexts);
  const [search, setSearch] = useState(city?.name ?? '');
  const { data, loading } = useQuery(FindCitiesDocument, { variables: { search: useDebounced(search) } });
  const found = data?.cities.edges.map(({ node }) => node) ?? [];
  const cities = city && !found.some(({ id }) => id === city.id) ? [city, ...found] : found;
  return (
    <div className={styles['fields']}>
      <TextField
        label={t('citySearch')}
        type="search"
        value={search}
        onChange={setSearch}
        {...(problem !== undefined && { problem })}
      />
      {cities.length > 0 ? (
        <Select
          label={t('city')}
          value={city?.id ?? null}
          placeholder="—"
          choices={cities.map(({ id, name, country }) => ({ id, text: `${name}, ${country}` }))}
          onChange={(id) => {
            const chosen = cities.find((each) => each.id === id);
            if (chosen) onChange(chosen);
          }}
        />
      ) : (
        !loading && <Soft>{t('cityNone')}</Soft>
      )}
    </div>
  );
}
