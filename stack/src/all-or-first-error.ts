/**
 * Like `Promise.all`, but waits for all to finish before it fails, so that whatever they started can be stopped.
 */
export async function allOrFirstError<T extends readonly unknown[]>(
  work: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
