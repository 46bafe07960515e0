import type { FindSponsored } from '../domain/ports.ts';
import { dealTitles, mixIn, placesIn } from '../domain/presentation.ts';
import { type FeedMaterial, rankSections } from '../domain/ranking/index.ts';
import { type Section, SECTION_KINDS } from '../domain/section.ts';

export interface ListSectionsInput {
  readonly material: FeedMaterial;
  readonly cityId: string;
  /** Whom ads counts the viewer as. */
  readonly viewerKey: string;
  /** The position of the last section of the page before; null for the first page. */
  readonly after: number | null;
  readonly limit: number;
}

/** A page of sections, and one more when another page follows. Places on it are sold, and on no other. */
export async function listSections(
  { findSponsored }: { readonly findSponsored: FindSponsored },
  { material, cityId, viewerKey, after, limit }: ListSectionsInput,
): Promise<Section[]> {
  const sections = dealTitles(rankSections(material));
  const isAfter = ({ kind }: Section): boolean => after === null || SECTION_KINDS.indexOf(kind) > after;
  const rest = sections.filter(isAfter);
  const [page, next] = [rest.slice(0, limit), rest.slice(limit, limit + 1)];
  const slots = placesIn(page);
  const won = slots > 0 ? await findSponsored({ cityId, viewerKey, slots }) : [];
  const shown = new Set(material.candidates.map(({ titleId }) => titleId));
  const elsewhere = new Set(
    sections.filter((each) => !page.includes(each)).flatMap(({ cards }) => cards.map(({ titleId }) => titleId)),
  );
  return [
    ...mixIn(
      page,
      won.filter(({ titleId }) => shown.has(titleId)),
      elsewhere,
    ),
    ...next,
  ];
}
