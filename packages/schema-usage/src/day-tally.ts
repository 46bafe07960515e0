import { OperationCounter, type PendingCounters } from './counters.ts';
import { OTHER, OTHER_OPERATION } from './other.ts';
import type { UsedOperation } from './usage.ts';

/** How much is kept apart within a day; what comes beyond is counted under `other`. Clients may send any name. */
export interface TallyLimits {
  /** Clients that always count under their own name. */
  readonly knownClients: readonly string[];
  /** Besides the known. */
  readonly maxClients: number;
  /** Of each client. */
  readonly maxVersions: number;
  readonly maxOperations: number;
  /** In all. */
  readonly maxCounters: number;
}

/** An operation that names more is none of a real client, and is not worth the room. */
const MAX_COORDINATES = 1_000;

/** What a terminal and a page can show. */
const PRINTABLE = /^[\x20-\x7e]{1,64}$/;

type ByOperation = Map<string, OperationCounter>;

/** The counters of a day. Their number is bounded, whatever clients send; no use is ever left uncounted. */
export class DayTally {
  readonly #limits: TallyLimits;
  readonly #pending: PendingCounters;
  readonly #clients = new Map<string, Map<string, ByOperation>>();
  readonly #operations = new Set<string>();
  readonly #known: ReadonlySet<string>;
  #size = 0;
  #strangers = 0;
  /** Bounded by the schema: its coordinates are all that it holds. */
  #overflow: OperationCounter | undefined;

  constructor(limits: TallyLimits, pending: PendingCounters) {
    this.#limits = limits;
    this.#pending = pending;
    this.#known = new Set(limits.knownClients);
  }

  /** @returns nothing when it is not kept apart: then {@link other} counts it. */
  counterOf(operation: UsedOperation, client: string, version: string): OperationCounter | undefined {
    const versions = this.#clients.get(client);
    const known = versions?.get(version)?.get(operation.hash);
    if (known !== undefined) return known;
    const isKept = this.#keeps(operation) && this.#keepsClient(client) && this.#keepsVersion(versions, version);
    return isKept && this.#reserve() ? this.#open(operation, client, version) : undefined;
  }

  /** Counts for an operation, client or version that is not kept apart, under as much of their names as is kept. */
  other(client: string, version: string): OperationCounter {
    const isNamed = this.#keepsClient(client);
    const name = isNamed ? client : OTHER;
    const release = isNamed && this.#keepsVersion(this.#clients.get(client), version) ? version : OTHER;
    const known = this.#clients.get(name)?.get(release)?.get(OTHER);
    if (known !== undefined) return known;
    return this.#reserve() ? this.#open(OTHER_OPERATION, name, release) : this.#overflowing();
  }

  #keeps({ hash, coordinates }: UsedOperation): boolean {
    if (this.#operations.has(hash)) return true;
    return this.#operations.size < this.#limits.maxOperations && coordinates.length <= MAX_COORDINATES;
  }

  #keepsClient(name: string): boolean {
    if (this.#clients.has(name) || this.#known.has(name)) return true;
    return this.#strangers < this.#limits.maxClients && PRINTABLE.test(name);
  }

  #keepsVersion(versions: ReadonlyMap<string, ByOperation> | undefined, version: string): boolean {
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
