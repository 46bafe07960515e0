import { useTexts } from '@marquee/app-kit/text';
import { Select, TextField } from '@marquee/app-kit/ui';

import { Filters } from '../forms/grid.tsx';
import { useWho } from '../frame/who.tsx';
import { hasRole } from '../frame/work.ts';
import type { ReportGroup } from '../generated/graphql.ts';
import { useVenues } from '../venues/use-venues.ts';
import { reportTexts } from './texts.ts';

/** Which shows are reported: those of the marketplace or of the chosen organisation, or those of one of its venues. */
export const EVERYWHERE = 'everywhere';
export const ALL_VENUES = 'all-venues';

export interface SalesFiltersValue {
  readonly from: string;
  readonly to: string;
  readonly groupBy: ReportGroup;
  /** {@link EVERYWHERE}, {@link ALL_VENUES} or the id of a venue. */
  readonly where: string;
}

const GROUPS: readonly ReportGroup[] = ['DAY', 'TITLE', 'VENUE', 'CITY'];

export interface SalesFiltersProps {
  readonly value: SalesFiltersValue;
  readonly onChange: (value: SalesFiltersValue) => void;
}

/** The period of a sales report, how it is grouped, and for whom manages venues which one. */
export function SalesFilters({ value, onChange }: SalesFiltersProps) {
  const t = useTexts(reportTexts);
  const { who, organisation } = useWho();
  const { venues } = useVenues();
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
          value={value.where}
          choices={[
            ...(who && hasRole(who, ['ANALYST']) ? [{ id: EVERYWHERE, text: t('everywhere') }] : []),
            { id: ALL_VENUES, text: t('allVenues', { organisation: organisation?.name ?? '' }) },
            ...venues.map(({ id, name }) => ({ id, text: name })),
          ]}
          onChange={(where) => set({ where })}
        />
      )}
    </Filters>
  );
}
