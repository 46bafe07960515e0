import { OperationCounter, type PendingCounters } from './counters.ts';
import { OTHER, OTHER_OPERATION } from './other.ts';
import type { UsedOperation } from './usage.ts';

/** Limits on the names tracked within a day, since clients may send any. Names beyond them are counted as `other`. */
export interface TallyLimits {
  /** Clients that are always tracked by name. */
  readonly knownClients: readonly string[];
  /** Clients beside the known ones. */
  readonly maxClients: number;
  /** Versions of each client. */
  readonly maxVersions: number;
  readonly maxOperations: number;
  /** Counters in total. */
  readonly maxCounters: number;
}

/** No real client sends an operation with more coordinates. */
const MAX_COORDINATES = 1_000;

/** Names that are safe to show in a terminal and on a page. */
const PRINTABLE = /^[\x20-\x7e]{1,64}$/;

type ByOperation = Map<string, OperationCounter>;

/** The counters of a day. Their number is bounded whatever clients send, and every use is counted. */
export class DayTally {
  readonly #limits: TallyLimits;
  readonly #pending: PendingCounters;
  readonly #clients = new Map<string, Map<string, ByOperation>>();
  readonly #operations = new Set<string>();
  readonly #known: ReadonlySet<string>;
  #size = 0;
  #strangers = 0;
  /** Holds coordinates only, so the schema bounds its size. */
  #overflow: OperationCounter | undefined;

  constructor(limits: TallyLimits, pending: PendingCounters) {
    this.#limits = limits;
    this.#pending = pending;
    this.#known = new Set(limits.knownClients);
  }

  /** @returns undefined when a limit is reached; then use {@link other} */
  counterOf(operation: UsedOperation, client: string, version: string): OperationCounter | undefined {
    const versions = this.#clients.get(client);
    const known = versions?.get(version)?.get(operation.hash);
    if (known !== undefined) return known;
    const isKept = this.#tracks(operation) && this.#tracksClient(client) && this.#tracksVersion(versions, version);
    return isKept && this.#reserve() ? this.#open(operation, client, version) : undefined;
  }

  /** The counter for an operation beyond the limits, under the client and version if these are tracked. */
  other(client: string, version: string): OperationCounter {
    const isNamed = this.#tracksClient(client);
    const name = isNamed ? client : OTHER;
    const release = isNamed && this.#tracksVersion(this.#clients.get(client), version) ? version : OTHER;
    const known = this.#clients.get(name)?.get(release)?.get(OTHER);
    if (known !== undefined) return known;
    return this.#reserve() ? this.#open(OTHER_OPERATION, name, release) : this.#overflowing();
  }

  #tracks({ hash, coordinates }: UsedOperation): boolean {
    if (this.#operations.has(hash)) return true;
    return this.#operations.size < this.#limits.maxOperations && coordinates.length <= MAX_COORDINATES;
  }

  #tracksClient(name: string): boolean {
    if (this.#clients.has(name) || this.#known.has(name)) return true;
    return this.#strangers < this.#limits.maxClients && PRINTABLE.test(name);
  }

  #tracksVersion(versions: ReadonlyMap<string, ByOperation> | undefined, version: string): boolean {
    if (versions?.has(version)) return true;
    return (versions?.size ?? 0) < this.#limits.maxVersions && PRINTABLE.test(version);
  }

  #open(operation: UsedOperation, client: string, version: string): OperationCounter {
    const counter = new OperationCounter({
      executions: { operation, client, version },
      pending: this.#pending,
      reserve: () => this.#reserve(),
      overflow: () => this.#overflowing(),
    });
    if (client !== OTHER && !this.#clients.has(client) && !this.#known.has(client)) this.#strangers++;
    const versions = this.#clients.get(client) ?? new Map<string, ByOperation>();
    const operations = versions.get(version) ?? new Map<string, OperationCounter>();
    this.#clients.set(client, versions.set(version, operations.set(operation.hash, counter)));
    if (operation.hash !== OTHER) this.#operations.add(operation.hash);
    return counter;
  }

  #overflowing(): OperationCounter {
    this.#overflow ??= new OperationCounter({
      executions: { operation: OTHER_OPERATION, client: OTHER, version: OTHER },
      pending: this.#pending,
      reserve: () => true,
      overflow: () => this.#overflowing(),
    });
    return this.#overflow;
  }

  #reserve(): boolean {
    if (this.#size >= this.#limits.maxCounters) return false;
    this.#size++;
    return true;
  }
}
