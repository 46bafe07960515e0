import { skipToken, useQuery } from '@apollo/client/react';

import { FindTitlesDocument, ReportCitiesDocument } from '../generated/graphql.ts';
import type { Picked } from './picker.tsx';

/** Titles by a part of their name, for a `Picker`. */
export function useFoundTitles(search: string): readonly Picked[] {
  const { data } = useQuery(
    FindTitlesDocument,
    search.trim() === '' ? skipToken : { variables: { search, kind: null, first: 10 } },
  );
  return (data?.titles?.edges ?? []).map(({ node }) => ({
    id: node.id,
    text: node.releaseDate ? `${node.name} (${node.releaseDate.slice(0, 4)})` : node.name,
  }));
}

/** Cities by a part of their name, for a `Picker`. */
export function useFoundCities(search: string): readonly Picked[] {
  const { data } = useQuery(ReportCitiesDocument, search.trim() === '' ? skipToken : { variables: { search } });
  return (data?.cities?.edges ?? []).map(({ node }) => ({ id: node.id, text: `${node.name}, ${node.country}` }));
}
