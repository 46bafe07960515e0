import type { SectionDraft } from './layout.ts';

/** Where the sections of a screen are drawn, in cells. */
export interface PlacedSection {
  readonly section: SectionDraft;
  readonly y: number;
  readonly height: number;
}

const HEAD = 1;
const STANDING_HEIGHT = 3;

/** Places the sections below the stage, each centred in the widest one's width. */
export function place(sections: readonly SectionDraft[]): { width: number; height: number; placed: PlacedSection[] } {
  const width = Math.max(
    12,
    ...sections.filter(({ isStanding }) => !isStanding).flatMap(({ rows }) => rows.map(({ seatCount }) => seatCount)),
  );
  let y = 3;
  const placed = sections.map((section) => {
    const height = HEAD + (section.isStanding ? STANDING_HEIGHT : section.rows.length);
    const each = { section, y, height };
    y += height + 1;
    return each;
  });
  return { width, height: y, placed };
}
