/** The row that a foreign key refers to. @throws when it is missing */
export async function required<Row>(found: Promise<Row | null>): Promise<Row> {
  const row = await found;
  if (row === null) throw new Error('A foreign key refers to a missing row');
  return row;
}
