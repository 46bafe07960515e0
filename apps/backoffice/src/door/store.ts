import type { ScanOutcome } from '../generated/graphql.ts';
import type { GateList, Verdict } from './verify.ts';

/** A list, and what a gate shows of its show. */
export interface KeptList extends GateList {
  /** The organisation that it was read for. */
  readonly organisationId?: string;
  readonly title: string;
  readonly startsAt: string;
  readonly timeZone: string;
  readonly place: string;
}

/** A scan of this device. One that the server has not heard of has a code, and no outcome. */
export interface KeptScan {
  readonly id: string;
  readonly showId: string;
  readonly at: string;
  readonly verdict: Verdict['kind'];
  readonly code?: string;
  readonly outcome?: ScanOutcome;
  readonly usedAt?: string | null;
  readonly seat?: string;
}

const NAME = 'marquee.door';
const LISTS = 'lists';
const SCANS = 'scans';

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.addEventListener('upgradeneeded', () => {
      request.result.createObjectStore(LISTS, { keyPath: 'showId' });
      request.result.createObjectStore(SCANS, { keyPath: 'id' }).createIndex('showId', 'showId');
    });
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () =>
      reject(request.error ?? new Error('The storage of this browser cannot be opened.')),
    );
  });
}

let database: Promise<IDBDatabase> | undefined;

async function run<Result>(
  name: string,
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  database ??= open();
  const transaction = (await database).transaction(name, mode);
  const request = act(transaction.objectStore(name));
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve(request.result));
    const fail = (): void => reject(transaction.error ?? new Error('The storage of this browser refused.'));
    transaction.addEventListener('error', fail);
    // Without an error before it where the storage is full.
    transaction.addEventListener('abort', fail);
  });
}

/** Data that a gate keeps on its device, through reloads and without a network. */
export const doorStore = {
  list: (showId: string) => run<KeptList | undefined>(LISTS, 'readonly', (store) => store.get(showId)),
  lists: () => run<KeptList[]>(LISTS, 'readonly', (store) => store.getAll()),
  keepList: (list: KeptList) => run(LISTS, 'readwrite', (store) => store.put(list)),
  removeList: (showId: string) => run(LISTS, 'readwrite', (store) => store.delete(showId)),
  scans: (showId: string) => run<KeptScan[]>(SCANS, 'readonly', (store) => store.index('showId').getAll(showId)),
  keepScan: (scan: KeptScan) => run(SCANS, 'readwrite', (store) => store.put(scan)),
};
