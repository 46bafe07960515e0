import { useQuery } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { Select, TextField } from '@marquee/app-kit/ui';

import { Filters } from '../forms/grid.tsx';
import { useWho } from '../frame/who.tsx';
import { type ReportGroup, ReportVenuesDocument } from '../generated/graphql.ts';
import { reportTexts } from './texts.ts';

export interface SalesFiltersValue {
  readonly from: string;
  readonly to: string;
  readonly groupBy: ReportGroup;
  /** Empty for all. */
  readonly venueId: string;
}

const GROUPS: readonly ReportGroup[] = ['DAY', 'TITLE', 'VENUE', 'CITY'];

export interface SalesFiltersProps {
  readonly value: SalesFiltersValue;
  readonly onChange: (value: SalesFiltersValue) => void;
}

/** The period of a sales report, how it is grouped, and for whom manages venues which one. */
export function SalesFilters({ value, onChange }: SalesFiltersProps) {
  const t = useTexts(reportTexts);
  const { organisation } = useWho();
  const { data } = useQuery(ReportVenuesDocument, {
    variables: { organisationId: organisation?.id ?? null, first: 100 },
  });
  const venues = data?.viewer?.venues?.edges.map(({ node }) => node) ?? [];
  const set = (change: Partial<SalesFiltersValue>): void => onChange({ ...value, ...change });
  return (
    <Filters label={t('filters')}>
      <TextField type="date" label={t('from')} value={value.from} onChange={(from) => set({ from })} />
      <TextField type="date" label={t('to')} value={value.to} onChange={(to) => set({ to })} />
      <Select
        label={t('by')}
        value={value.groupBy}
        choices={GROUPS.map((id) => ({ id, text: t(id) }))}
        onChange={(groupBy) => set({ groupBy })}
      />
      {venues.length > 0 && (
        <Select
          label={t('venue')}
          value={value.venueId}
          choices={[{ id: '', text: t('allVenues') }, ...venues.map(({ id, name }) => ({ id, text: name }))]}
          onChange={(venueId) => set({ venueId })}
        />
      )}
    </Filters>
  );
}
