import pg from 'pg';
import type { RecordedStatement } from './recorded-statements.ts';

/** How far a connection may run ahead of the slowest one, so that a booking does not overtake its hold. */
const WINDOW = 60;
/** The statement that begins the first sale, after all that the stack does at its start. */
const CLAIM = /INSERT INTO seat_claims/;

/** Sends recorded statements as fast as Postgres takes them, and does nothing else. */
export class BareClient {
  readonly #statements: readonly RecordedStatement[];
  readonly #done: boolean[];
  readonly #names = new Map<string, string>();
  #frontier = 0;
  #claimedAt = 0;
  #waiting: (() => void)[] = [];
  /** Statements that failed, which on the recorded data did not. */
  failed = 0;

  constructor(statements: readonly RecordedStatement[]) {
    this.#statements = statements;
    this.#done = statements.map(() => false);
  }

  /** One connection for each that was recorded. @returns the seconds from the first claim of seats to the end */
  async replay(urlOf: (database: string) => string): Promise<number> {
    const byBackend = this.#byBackend();
    const clients = await Promise.all(
      [...byBackend.values()].map(async (entries) => {
        const client = new pg.Client({ connectionString: urlOf(entries[0]?.[1].database ?? '') });
        client.on('error', () => undefined);
        await client.connect();
        return { client, entries };
      }),
    );
    await Promise.all(clients.map(({ client, entries }) => this.#send(client, entries)));
    const seconds = (performance.now() - this.#claimedAt) / 1_000;
    await Promise.all(clients.map(({ client }) => client.end()));
    return seconds;
  }

  /** The statements of each connection with their places in the log. */
  #byBackend(): Map<number, [number, RecordedStatement][]> {
    const groups = new Map<number, [number, RecordedStatement][]>();
    for (const [index, statement] of this.#statements.entries()) {
      const group = groups.get(statement.backend);
      if (group) group.push([index, statement]);
      else groups.set(statement.backend, [[index, statement]]);
    }
    return groups;
  }

  async #send(client: pg.Client, entries: readonly (readonly [number, RecordedStatement])[]): Promise<void> {
    for (const [index, { text, values, isInTransaction }] of entries) {
      if (!isInTransaction) await this.#turn(index);
      if (this.#claimedAt === 0 && CLAIM.test(text)) this.#claimedAt = performance.now();
      try {
        await client.query({ text, values: [...values], ...(values.length > 0 && { name: this.#nameOf(text) }) });
      } catch {
        this.failed++;
      }
      this.#finish(index);
    }
  }

  async #turn(index: number): Promise<void> {
    while (index > this.#frontier + WINDOW) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #finish(index: number): void {
    this.#done[index] = true;
    const before = this.#frontier;
    while (this.#done[this.#frontier]) this.#frontier++;
    if (this.#frontier === before) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resume of waiting) resume();
  }

  #nameOf(text: string): string {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    const name = `s${this.#names.size}`;
    this.#names.set(text, name);
    return name;
  }
}
