/** A seat of another show that may be taken. */
export interface FreeSeat {
  readonly id: string;
  readonly number: number;
  readonly accessible: boolean;
  readonly tier: { readonly id: string };
}

export interface SeatSection {
  readonly name: string;
  readonly rows: readonly { readonly label: string; readonly seats: readonly FreeSeat[] }[];
}

/** Seats side by side, of one price. */
export interface SeatGroup {
  /** The ids of its seats. */
  readonly key: string;
  readonly section: string;
  readonly row: string;
  readonly tierId: string;
  readonly seats: readonly FreeSeat[];
}

/** Where in a hall, from the front, one sits best. */
const BEST_DEPTH = 0.6;

/** Groups of free seats side by side: the most central of each row, the best rows first. */
export function seatGroups(
  sections: readonly SeatSection[],
  count: number,
  isFree: (id: string) => boolean,
): readonly SeatGroup[] {
  const rows = sections.flatMap(({ name, rows: inSection }) => inSection.map((row) => ({ section: name, ...row })));
  const best = (rows.length - 1) * BEST_DEPTH;
  return rows
    .flatMap((row, depth) => {
      const group = mostCentral(row.seats, count, isFree);
      return group ? [{ row, group, distance: Math.abs(depth - best) }] : [];
    })
    .toSorted((a, b) => a.distance - b.distance)
    .map(({ row, group }) => ({
      key: group.map(({ id }) => id).join(),
      section: row.section,
      row: row.label,
      tierId: group[0]?.tier.id ?? '',
      seats: group,
    }));
}

/** The run of `count` free seats that is nearest to the middle of its row. */
function mostCentral(
  seats: readonly FreeSeat[],
  count: number,
  isFree: (id: string) => boolean,
): readonly FreeSeat[] | undefined {
  const middle = (seats.length - 1) / 2;
  let found: readonly FreeSeat[] | undefined;
  let nearest = Infinity;
  for (let start = 0; start + count <= seats.length; start++) {
    const run = seats.slice(start, start + count);
    const distance = Math.abs(start + (count - 1) / 2 - middle);
    if (distance >= nearest || !isRun(run, isFree)) continue;
    found = run;
    nearest = distance;
  }
  return found;
}

/** Whether seats are free, side by side and of one price. Wheelchair places are left to who needs them. */
function isRun(seats: readonly FreeSeat[], isFree: (id: string) => boolean): boolean {
  return seats.every((seat, index) => {
    const before = seats[index - 1];
    const isOffered = isFree(seat.id) && !seat.accessible;
    return isOffered && (!before || (Math.abs(seat.number - before.number) === 1 && seat.tier.id === before.tier.id));
  });
}
