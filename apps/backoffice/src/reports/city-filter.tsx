import { useQuery } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { Select } from '@marquee/app-kit/ui';

import { ReportCitiesDocument } from '../generated/graphql.ts';
import { reportTexts } from './texts.ts';

export interface CityFilterProps {
  /** Empty for all. */
  readonly cityId: string;
  readonly onChange: (cityId: string) => void;
}

/** One of the cities, or all. */
export function CityFilter({ cityId, onChange }: CityFilterProps) {
  const t = useTexts(reportTexts);
  const { data } = useQuery(ReportCitiesDocument, { variables: { search: null } });
  const cities = data?.cities.edges.map(({ node }) => node) ?? [];
  return (
    <Select
      label={t('city')}
      value={cityId}
      choices={[{ id: '', text: t('allCities') }, ...cities.map(({ id, name }) => ({ id, text: name }))]}
      onChange={onChange}
    />
  );
}
