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
  const holderIds = await people.named(await admissions.holderIds(show), text);
  return { show, search: { text, holderIds } };
}
