/** Rows that end by time: each deletes those that are over. */
export interface DeleteOldPushesDeps {
  readonly pushDeliveries: { deleteExpired(): PromiseLike<number> };
  readonly pushHosts: { deleteOld(): Promise<void> };
  readonly pushEndpoints: { forgetRevoked(): Promise<void>; deleteOld(): Promise<void> };
  readonly pushPaces: { deleteOld(): Promise<void> };
  readonly noticeKeys: { deleteOld(): Promise<void> };
  readonly showReminders: { deleteOld(): Promise<void> };
  readonly onExpired: (pushes: number) => void;
}

/**
 * Deletes pushes that nobody wants any more, endpoints of sessions that are over,
 * and what is remembered of hosts, paces, revoked sessions, old notices and shows that are over.
 */
export async function deleteOldPushes({ pushDeliveries, ...deps }: DeleteOldPushesDeps): Promise<void> {
  deps.onExpired(await pushDeliveries.deleteExpired());
  await deps.pushHosts.deleteOld();
  await deps.pushEndpoints.forgetRevoked();
  await deps.pushEndpoints.deleteOld();
  await deps.pushPaces.deleteOld();
  await deps.noticeKeys.deleteOld();
  await deps.showReminders.deleteOld();
}
