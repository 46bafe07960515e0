import { madeAt } from '@marquee/subgraph/ids';

import type { Admissions, AdmissionsQuery, People } from '../domain/admissions.ts';
import type { Show } from '../domain/show.ts';

export interface FindAdmissionsDeps {
  readonly admissions: Pick<Admissions, 'holderIds'>;
  readonly people: Pick<People, 'named'>;
}

/** The tickets of a show that match a search. Names are asked of accounts each time: booking keeps none. */
export async function findAdmissions(
  { admissions, people }: FindAdmissionsDeps,
  show: Show,
  search: string | null,
): Promise<AdmissionsQuery> {
  const text = search?.trim() ?? '';
  if (text === '') return { show, search: null };
  // A gate looks up each ticket that it scans: nobody is named as an id is.
  const holderIds = madeAt(text) === null ? await people.named(await admissions.holderIds(show), text) : [];
  return { show, search: { text, holderIds } };
}
