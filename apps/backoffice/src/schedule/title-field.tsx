import { useQuery } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { Select, Soft, TextField, useDebounced } from '@marquee/app-kit/ui';
import { useState } from 'react';
import { Link } from 'react-router';

import { Fields } from '../forms/grid.tsx';
import { FindTitlesDocument, type FindTitlesQuery } from '../generated/graphql.ts';
import { planTexts } from './plan-texts.ts';

export type FoundTitle = FindTitlesQuery['titles']['edges'][number]['node'];

export interface TitleFieldProps {
  readonly title: FoundTitle | undefined;
  readonly onChange: (title: FoundTitle) => void;
  readonly problem: string | undefined;
}

/** Finds a title by its name. */
export function TitleField({ title, onChange, problem }: TitleFieldProps) {
  const t = useTexts(planTexts);
  const [search, setSearch] = useState('');
  const wanted = useDebounced(search.trim());
  const { data, loading } = useQuery(FindTitlesDocument, { variables: { search: wanted, kind: null, first: 20 } });
  const found = data?.titles.edges.map(({ node }) => node) ?? [];
  const titles = title && !found.some(({ id }) => id === title.id) ? [title, ...found] : found;
  return (
    <>
      <Fields>
        <TextField label={t('findTitle')} type="search" value={search} onChange={setSearch} problem={problem} />
        <Select
          label={t('chosenTitle')}
          value={title?.id ?? null}
          placeholder="—"
          choices={titles.map(({ id, name, durationMinutes }) => ({
            id,
            text: `${name} · ${t('minutes', { count: durationMinutes })}`,
          }))}
          onChange={(id) => {
            const chosen = titles.find((each) => each.id === id);
            if (chosen) onChange(chosen);
          }}
        />
      </Fields>
      {!loading && found.length === 0 && (
        <Soft>
          {t('noTitle')} <Link to="/titles/new">{t('newTitle')}</Link>
        </Soft>
      )}
    </>
  );
}
