import { operationHash, type UsageRecord } from '@marquee/schema-usage';

import type { PublishedOperation } from '../registry/registration.ts';

/** The name under which the usage store counts operations and clients beyond its limits. */
const OTHER = 'other';

/** Whether usage shows that no client sends a former operation: none did since then, and all days were recorded. */
export function isUnsent(
  operation: PublishedOperation,
  coordinates: ReadonlySet<string>,
  records: readonly UsageRecord[],
  since: Date,
): boolean {
  // A version that is younger may wait for its release. One without coordinates leaves no trace.
  if (Date.parse(operation.registered) > since.getTime() || coordinates.size === 0) return false;
  const hash = operationHash(operation.document);
  return !records.some(
    ({ coordinate, client, operationHash: sent }) =>
      coordinates.has(coordinate) &&
      (client === operation.client || client === OTHER) &&
      (sent === hash || sent === OTHER),
  );
}
