/**
 * Calls `onAbort` if the signal is aborted before the work has ended.
 *
 * It stops listening then: a request makes many fetches, and its signal would keep what each of them holds.
 */
export function whileAbortable<Result>(
  signal: AbortSignal | undefined,
  onAbort: () => void,
  work: () => Promise<Result>,
): Promise<Result> {
  if (!signal) return work();
  signal.addEventListener('abort', onAbort, { once: true });
  return work().finally(() => signal.removeEventListener('abort', onAbort));
}
