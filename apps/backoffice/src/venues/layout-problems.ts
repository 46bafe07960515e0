import { countOf, LIMITS, type RowDraft, type ScreenDraft, type SectionDraft } from './layout.ts';

export type LayoutProblem =
  | 'screenName'
  | 'screenNameTwice'
  | 'noSections'
  | 'sectionName'
  | 'sectionNameTwice'
  | 'tierName'
  | 'noRows'
  | 'rowLabel'
  | 'rowLabelTwice'
  | 'standing'
  | 'tooManySeats'
  | 'tooManyStanding';

export interface FoundProblem {
  readonly problem: LayoutProblem;
  readonly screenId: string;
  readonly sectionId?: string;
  /** The place of the row in its section. */
  readonly row?: number;
}

/** All that `CreateVenueInput` would refuse, in the order of the page. */
export function problemsOf(screens: readonly ScreenDraft[]): readonly FoundProblem[] {
  return screens.flatMap((screen) => {
    const others = screens.filter(({ id }) => id !== screen.id);
    return screenProblems(screen, others).map((found) => ({ ...found, screenId: screen.id }));
  });
}

function screenProblems(screen: ScreenDraft, others: readonly ScreenDraft[]): Omit<FoundProblem, 'screenId'>[] {
  const { seats, standing } = countOf(screen.sections);
  return [
    ...problemIf(screen.name.trim() === '', 'screenName'),
    ...problemIf(isTaken(screen.name, others), 'screenNameTwice'),
    ...problemIf(screen.sections.length === 0, 'noSections'),
    ...screen.sections.flatMap((section) => {
      const rest = screen.sections.filter(({ id }) => id !== section.id);
      return sectionProblems(section, rest).map((found) => ({ ...found, sectionId: section.id }));
    }),
    ...problemIf(seats > LIMITS.seats, 'tooManySeats'),
    ...problemIf(standing > LIMITS.standing, 'tooManyStanding'),
  ];
}

function sectionProblems(
  section: SectionDraft,
  others: readonly SectionDraft[],
): { problem: LayoutProblem; row?: number }[] {
  const { name, tierName, isStanding, standingCapacity, rows } = section;
  return [
    ...problemIf(name.trim() === '', 'sectionName'),
    ...problemIf(isTaken(name, others), 'sectionNameTwice'),
    ...problemIf(tierName.trim() === '', 'tierName'),
    ...problemIf(isStanding && !(standingCapacity >= 1 && standingCapacity <= LIMITS.standing), 'standing'),
    ...problemIf(!isStanding && rows.length === 0, 'noRows'),
    ...(isStanding ? [] : rows.flatMap((row, index) => rowProblems(row, index, rows))),
  ];
}

function rowProblems({ label }: RowDraft, row: number, rows: readonly RowDraft[]) {
  const isTwice = rows.some((other, index) => index < row && other.label.trim() === label.trim());
  return [
    ...problemIf(label.trim() === '', 'rowLabel'),
    ...problemIf(isTwice && label.trim() !== '', 'rowLabelTwice'),
  ].map((found) => ({ ...found, row }));
}

function isTaken(name: string, others: readonly { readonly name: string }[]): boolean {
  return name.trim() !== '' && others.some((other) => other.name.trim() === name.trim());
}

function problemIf(isFound: boolean, problem: LayoutProblem): { problem: LayoutProblem }[] {
  return isFound ? [{ problem }] : [];
}
