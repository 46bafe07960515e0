import type { Reports } from '../domain/ports.ts';
import { assertMinutes, type TrafficMinute } from '../domain/traffic-minute.ts';

/** Traffic of the last minutes. @throws {CodedError} BAD_USER_INPUT */
export async function readTraffic(
  { reports }: { readonly reports: Pick<Reports, 'traffic'> },
  minutes: number,
): Promise<TrafficMinute[]> {
  assertMinutes(minutes);
  return reports.traffic(minutes);
}
