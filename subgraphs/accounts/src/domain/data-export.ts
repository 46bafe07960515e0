/** A person's request for everything that is held about them. */
export interface DataExport {
  readonly id: string;
  readonly userId: string;
  readonly requestedAt: Date;
  /** When its file was made; null until then. */
  readonly readyAt: Date | null;
  /** When its file is deleted; null until it is there. */
  readonly expiresAt: Date | null;
  /** How often the file was downloaded: a link works once. */
  readonly downloads: number;
}

/** An export that is being made. */
export interface ClaimedExport extends Pick<DataExport, 'id' | 'userId'> {
  /** Tries to make it, including this one. */
  readonly attempts: number;
  /** The subgraphs whose part is there. */
  readonly collected: readonly string[];
}

/** Stored exports. Parts and files are encrypted. */
export interface DataExports {
  /** A new export; the one that is being made, or was requested less than a day ago, where there is one. */
  request(userId: string, at: Date): Promise<DataExport>;
  /** An export of this person that has not expired. */
  find(id: string, userId: string, at: Date): Promise<DataExport | null>;
  /** Each person's exports that have not expired, the last requested first, at most 10. */
  ofUsers(userIds: readonly string[], at: Date): Promise<DataExport[]>;
  /** Takes exports that are due. Of concurrent calls each goes to one; it is due again when that stops. */
  claim(limit: number): Promise<ClaimedExport[]>;
  /** Makes an export due after a time. */
  delay(id: string, ms: number): Promise<void>;
  /** @param content JSON */
  addPart(id: string, subgraph: string, content: string): Promise<void>;
  /** The parts by subgraph, as JSON. */
  partsOf(id: string): Promise<ReadonlyMap<string, string>>;
  /** Deletes the parts, which are collected again. */
  dropParts(id: string): Promise<void>;
  /** Stores the file, deletes the parts, and emits `account.data-export-ready`. */
  finish(data: Pick<DataExport, 'id' | 'userId'>, file: string, at: Date): Promise<void>;
  /** The file, for the link of a number of downloads, which works once. */
  download(id: string, downloads: number, at: Date): Promise<string | null>;
  deleteExpired(at: Date): Promise<void>;
}

/** Asks a subgraph for all that it holds about a person, as JSON. @throws when it cannot be reached */
export type FetchPersonalData = (subgraph: string, userId: string) => Promise<string>;

const SECOND = 1_000;
const MAX_WAIT_SECONDS = 3_600;

/** Time until an export is tried again: 5 s, then twice as long each time, up to an hour. */
export function retryDelayMs(attempts: number): number {
  return SECOND * Math.min(MAX_WAIT_SECONDS, 5 * 2 ** (attempts - 1));
}

/** The file: everything that each part of the marketplace holds, under its name. */
export function exportFile(parts: ReadonlyMap<string, string>, madeAt: Date): string {
  const held = [...parts]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([subgraph, content]) => [subgraph, JSON.parse(content) as unknown]);
  return `${JSON.stringify({ madeAt, ...Object.fromEntries(held) }, null, 2)}\n`;
}
