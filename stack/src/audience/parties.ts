/** Sizes of the parties that buy tickets together, in turn. */
const PARTY_SIZES = [4, 2, 5, 3, 6, 2];

/** Splits the free seats into parties that sit side by side. @param rows the seats of each row, in order */
export function partiesIn(rows: readonly (readonly { id: string; status: string }[])[]): string[][] {
  const parties: string[][] = [];
  for (const row of rows) {
    let party: string[] = [];
    for (const { id, status } of row) {
      if (status === 'AVAILABLE') party.push(id);
      if (party.length > 0 && (status !== 'AVAILABLE' || party.length === sizeOf(parties.length))) {
        parties.push(party);
        party = [];
      }
    }
    if (party.length > 0) parties.push(party);
  }
  return parties;
}

function sizeOf(index: number): number {
  return PARTY_SIZES[index % PARTY_SIZES.length] ?? 1;
}
