import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';

import {
  ReportCityDocument,
  type ReportGroup,
  ReportTitleDocument,
  ReportVenueDocument,
} from '../generated/graphql.ts';

/** The name of a row of a report, whose key is an id; the key itself where there is none any more. */
export async function nameOf(client: ApolloClient, group: ReportGroup, id: string): Promise<string> {
  if (group === 'TITLE') {
    const { data } = await client.query({ query: ReportTitleDocument, variables: { id } });
    return data?.title?.name ?? id;
  }
  if (group === 'VENUE') {
    const { data } = await client.query({ query: ReportVenueDocument, variables: { id } });
    return data?.venue?.name ?? id;
  }
  if (group === 'CITY') {
    const { data } = await client.query({ query: ReportCityDocument, variables: { id } });
    return data?.city?.name ?? id;
  }
  return id;
}

/** The names of rows by their keys, as they become known. */
export function useNames(group: ReportGroup, ids: readonly string[]): ReadonlyMap<string, string> {
  const client = useApolloClient();
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const key = ids.join(' ');
  useEffect(() => {
    if (group === 'DAY' || key === '') return undefined;
    let isCurrent = true;
    const read = key.split(' ').map(async (id) => [id, await nameOf(client, group, id)] as const);
    void Promise.all(read)
      .then((found) => isCurrent && setNames(new Map(found)))
      // The ids stay until the names can be read.
      .catch(() => {});
    return () => {
      isCurrent = false;
    };
  }, [client, group, key]);
  return names;
}
