import { addRow, type RowDraft, type ScreenDraft, type SectionDraft, splitSection } from './layout.ts';

export function newSection(name: string, tierName: string, isStanding: boolean): SectionDraft {
  let rows: readonly RowDraft[] = [];
  if (!isStanding) for (let row = 0; row < 6; row += 1) rows = addRow(rows, 12);
  return { id: crypto.randomUUID(), name, tierName, isStanding, standingCapacity: isStanding ? 200 : 0, rows };
}

export function newScreen(name: string, section: SectionDraft): ScreenDraft {
  return { id: crypto.randomUUID(), name, sections: [section] };
}

/** A name that none of these has. */
export function freeName(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name;
  let number = 2;
  while (taken.includes(`${name} ${number}`)) number += 1;
  return `${name} ${number}`;
}

export function replaceSection(screen: ScreenDraft, section: SectionDraft): ScreenDraft {
  return { ...screen, sections: screen.sections.map((each) => (each.id === section.id ? section : each)) };
}

export function removeSection(screen: ScreenDraft, id: string): ScreenDraft {
  return { ...screen, sections: screen.sections.filter((each) => each.id !== id) };
}

export function moveSection(screen: ScreenDraft, id: string, by: -1 | 1): ScreenDraft {
  const from = screen.sections.findIndex((each) => each.id === id);
  const moved = screen.sections[from];
  const to = from + by;
  if (!moved || to < 0 || to >= screen.sections.length) return screen;
  const sections = screen.sections.toSpliced(from, 1).toSpliced(to, 0, moved);
  return { ...screen, sections };
}

/** Divides a section by an aisle; where nothing would be on one side, the screen stays as it is. */
export function divideSection(
  screen: ScreenDraft,
  section: SectionDraft,
  behind: number,
  side: { readonly left: string; readonly right: string },
): ScreenDraft {
  if (!section.rows.some(({ seatCount }) => seatCount > behind)) return screen;
  const taken = screen.sections.map(({ name }) => name).filter((name) => name !== section.name);
  const names = {
    left: freeName(`${section.name} ${side.left}`, taken),
    right: freeName(`${section.name} ${side.right}`, taken),
  };
  const divided = splitSection(section, behind, names, crypto.randomUUID());
  return { ...screen, sections: screen.sections.flatMap((each) => (each.id === section.id ? divided : [each])) };
}
