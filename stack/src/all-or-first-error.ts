/**
 * Like `Promise.all`, but when one fails the others are waited for first: whatever they were starting can then be
 * stopped without surprise.
 */
export async function allOrFirstError<T extends readonly unknown[]>(
  work: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
