import { assertFreshSignIn, type UserCaller } from '@marquee/subgraph';
import type { Log } from '@marquee/telemetry';

import {
  type ClaimedExport,
  type DataExport,
  type DataExports,
  exportFile,
  type FetchPersonalData,
  retryDelayMs,
} from '../domain/data-export.ts';

export interface ExportDataDeps {
  readonly dataExports: DataExports;
  readonly fetchPersonalData: FetchPersonalData;
  readonly subgraphs: readonly string[];
  readonly log: Log;
  readonly now: () => Date;
}

/**
 * Requests a file of everything that is held about the caller. There is one a day.
 *
 * @throws {CodedError} FORBIDDEN without a fresh sign-in
 */
export async function requestDataExport(
  { dataExports, now }: Pick<ExportDataDeps, 'dataExports' | 'now'>,
  caller: UserCaller,
): Promise<DataExport> {
  assertFreshSignIn(caller, now());
  return dataExports.request(caller.userId, now());
}

const BATCH = 5;

/** Makes the exports that are due. One that lacks a part, because a subgraph is away, is tried again later. */
export async function makeDataExports(deps: ExportDataDeps): Promise<void> {
  for (;;) {
    const claimed = await deps.dataExports.claim(BATCH);
    for (const each of claimed) await makeOne(deps, each);
    if (claimed.length < BATCH) return;
  }
}

async function makeOne(deps: ExportDataDeps, claimed: ClaimedExport): Promise<void> {
  const { dataExports, subgraphs, log, now } = deps;
  const missing = subgraphs.filter((subgraph) => !claimed.collected.includes(subgraph));
  const outcomes = await Promise.allSettled(missing.map((subgraph) => collect(deps, claimed, subgraph)));
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
  if (failures.length > 0) {
    log.warn({ err: failures[0], exportId: claimed.id }, 'a data export lacks a part');
    return dataExports.delay(claimed.id, retryDelayMs(claimed.attempts));
  }
  const parts = await openParts(deps, claimed);
  if (parts === null) return dataExports.delay(claimed.id, retryDelayMs(claimed.attempts));
  const at = now();
  await dataExports.finish(claimed, exportFile(parts, at), at);
}

/** The parts of an export; null when the key that sealed them is gone, and they are to be collected again. */
async function openParts(
  { dataExports, log }: ExportDataDeps,
  { id }: ClaimedExport,
): Promise<ReadonlyMap<string, string> | null> {
  try {
    return await dataExports.partsOf(id);
  } catch (error) {
    log.warn({ err: error, exportId: id }, 'the parts of a data export cannot be opened, and are collected again');
    await dataExports.dropParts(id);
    return null;
  }
}

async function collect(
  { dataExports, fetchPersonalData }: ExportDataDeps,
  { id, userId }: ClaimedExport,
  subgraph: string,
): Promise<void> {
  await dataExports.addPart(id, subgraph, await fetchPersonalData(subgraph, userId));
}
