import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useRef, useState } from 'react';

import { useWho } from '../frame/who.tsx';
import { CheckInListDocument, ShowDetailsDocument, UploadScansDocument } from '../generated/graphql.ts';
import { askServer } from './ask-server.ts';
import { deviceId } from './device.ts';
import { MAX_UPLOAD, merged, pendingOf, settled, verdictOf, withAdmitted } from './scans.ts';
import { doorStore, type KeptList, type KeptScan } from './store.ts';
import { judge } from './verify.ts';

const LIST_EVERY_MS = 5 * 60_000;
const SEND_EVERY_MS = 10_000;

/** The decision of the gate on a code. */
export interface Decision {
  readonly scan: KeptScan;
  /** The ticket with which the server has admitted somebody now. */
  readonly ticketId?: string | undefined;
}

/** A gate of one show: its list, its scans, and what it sends when there is a network. */
export function useGate(showId: string) {
  const client = useApolloClient();
  const organisationId = useWho().organisation?.id;
  const [list, setList] = useState<KeptList>();
  const [scans, setScans] = useState<readonly KeptScan[]>([]);
  const [problem, setProblem] = useState<unknown>();
  const [isReady, setReady] = useState(false);
  const latest = useRef<KeptList>(undefined);

  const keepList = useCallback(async (next: KeptList): Promise<void> => {
    latest.current = next;
    setList(next);
    await doorStore.keepList(next);
  }, []);
  const keepScan = useCallback(async (scan: KeptScan): Promise<void> => {
    await doorStore.keepScan(scan);
    setScans((all) => [...all.filter(({ id }) => id !== scan.id), scan]);
  }, []);

  /** Reads the list ahead; without a network the kept one stays. */
  const readList = useCallback(async (): Promise<void> => {
    try {
      const [listed, details] = await Promise.all([
        client.query({ query: CheckInListDocument, variables: { showId }, fetchPolicy: 'no-cache' }),
        client.query({ query: ShowDetailsDocument, variables: { showId } }),
      ]);
      const show = details.data?.show;
      const read = listed.data?.checkInList;
      if (!read || !show) return setProblem(listed.error ?? details.error);
      const next: KeptList = {
        ...(organisationId !== undefined && { organisationId }),
        ...{ showId, publicKey: read.publicKey, generatedAt: read.generatedAt, validUntil: read.validUntil },
        tickets: read.tickets.map(({ id, code, status }) => ({ id, code, status })),
        title: show.title.name,
        startsAt: show.startsAt,
        timeZone: show.venue.city.timeZone,
        place: `${show.venue.name}, ${show.screen.name}`,
      };
      setProblem(undefined);
      await keepList(merged(next, latest.current, pendingOf(await doorStore.scans(showId))));
    } catch (error) {
      setProblem(error);
    }
  }, [client, showId, organisationId, keepList]);

  /** Sends what was scanned without a network. Only one tab of the device does. */
  const send = useCallback(
    (): Promise<void> =>
      navigator.locks.request('marquee.door.upload', async () => {
        const pending = pendingOf(await doorStore.scans(showId)).slice(0, MAX_UPLOAD);
        if (pending.length === 0) return;
        const input = {
          ...{ showId, deviceId: deviceId() },
          scans: pending.map(({ code, at }) => ({ qrCode: code, at })),
        };
        const answer = await client
          .mutate({ mutation: UploadScansDocument, variables: { input } })
          .catch(() => undefined);
        const results = answer?.data?.uploadScans?.results ?? [];
        for (const [index, scan] of pending.entries()) {
          const result = results[index];
          if (result) await keepScan(settled(scan, result.outcome, result.usedAt));
        }
      }),
    [client, showId, keepScan],
  );

  useEffect(() => {
    const begin = async (): Promise<void> => {
      const kept = await doorStore.list(showId);
      latest.current = kept;
      setList(kept);
      setScans(await doorStore.scans(showId));
      await send();
      await readList();
      setReady(true);
    };
    void begin();
    const reading = setInterval(() => void readList(), LIST_EVERY_MS);
    const sending = setInterval(() => void send(), SEND_EVERY_MS);
    const back = (): void => void send().then(readList);
    window.addEventListener('online', back);
    return () => {
      clearInterval(reading);
      clearInterval(sending);
      window.removeEventListener('online', back);
    };
  }, [showId, send, readList]);

  /** Decides on a code: by the server, and by the list where the server does not answer in time. */
  const scan = useCallback(
    async (code: string): Promise<Decision> => {
      const begun: KeptScan = { id: crypto.randomUUID(), showId, at: new Date().toISOString(), verdict: 'unknown' };
      const answered = await askServer(client, showId, code);
      if (answered) {
        const { outcome, usedAt, seat, ticketId } = answered;
        const done = { ...settled(begun, outcome, usedAt), verdict: verdictOf(outcome), ...(seat && { seat }) };
        if (ticketId && latest.current) await keepList(withAdmitted(latest.current, ticketId));
        await keepScan(done);
        return { scan: done, ticketId };
      }
      if (!latest.current) throw new Error('There is no list yet.');
      const verdict = await judge(code, latest.current);
      const done: KeptScan = { ...begun, verdict: verdict.kind, code };
      await keepScan(done);
      if (verdict.kind === 'admit') await keepList(withAdmitted(latest.current, verdict.ticketId));
      return { scan: done };
    },
    [client, showId, keepList, keepScan],
  );

  return { list, scans, problem, isReady, scan, send: () => void send().then(readList) };
}
