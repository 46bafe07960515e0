/**
 * A check for the events of a subscription: it is made again when the last one is older than this, so that who loses a
 * role hears nothing after it. The subscription ends with the error.
 */
export function checkedAgain(check: () => Promise<void>, everyMs: number, now: () => Date): () => Promise<void> {
  let checkedAt = now().getTime();
  return async () => {
    const at = now().getTime();
    if (at - checkedAt < everyMs) return;
    await check();
    checkedAt = at;
  };
}
