import { connection, type CursorKey, invalidCursor, pageArguments } from '@marquee/subgraph';

import { SECTION_KINDS } from '../domain/section.ts';
import type { HomeFeedResolvers } from '../generated/resolvers.ts';
import { listSections } from '../use-cases/list-sections.ts';

const DEFAULT_SECTIONS = 6;

export const HomeFeed: HomeFeedResolvers = {
  sections: async ({ material, cityId, userId, locale }, args, { deps, device }) => {
    const page = pageArguments(args, 1, DEFAULT_SECTIONS);
    const after = page.after === null ? null : positionIn(page.after);
    const viewerKey = deps.viewerKeyOf(userId, device);
    const sections = await listSections(deps, { material, cityId, viewerKey, after, limit: page.limit });
    const nodes = sections.map((section) => ({ ...section, locale }));
    return connection(nodes, page, ({ kind }) => [SECTION_KINDS.indexOf(kind)]);
  },
};

/** The position of a section in the order of kinds. @throws {CodedError} BAD_USER_INPUT */
function positionIn([position]: CursorKey): number {
  if (typeof position !== 'number') throw invalidCursor();
  return position;
}
