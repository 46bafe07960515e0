import pg from 'pg';

/** The longest time that a server may take to accept a connection. A busy one takes well below a second. */
const CONNECT_MS = 5_000;
/** The time without an answer after which a server is asked whether it still answers anybody. */
const SUSPICIOUS_MS = 2_000;

/** A connection that is given up soon when the server does not accept it. */
export class QuickClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super({ ...config, connectionTimeoutMillis: CONNECT_MS });
  }
}

/** A wait for an answer. */
interface Wait {
  /** Whether it is as old as the last look. */
  isOld: boolean;
}

/**
 * Gives up the connections in use once the server has fallen silent, as when its machine froze or its network is cut.
 *
 * A slow statement is no such sign: what decides is whether the server still accepts a connection.
 */
export class SilenceWatch {
  readonly #config: pg.ClientConfig;
  readonly #inUse = new Set<pg.PoolClient>();
  readonly #waits = new Set<Wait>();
  #looking: NodeJS.Timeout | undefined;
  #isAsking = false;

  constructor(pool: pg.Pool, config: pg.ClientConfig) {
    this.#config = config;
    pool.on('acquire', (client) => this.#inUse.add(client));
    pool.on('release', (_error, client) => this.#inUse.delete(client));
  }

  /** Waits for an answer, for as long as the server answers anybody. */
  async watch<T>(answer: () => Promise<T>): Promise<T> {
    const wait: Wait = { isOld: false };
    this.#waits.add(wait);
    // One timer for all, which ends when nobody waits: a timer for each would cost more than many a statement.
    this.#looking ??= setInterval(() => this.#look(), SUSPICIOUS_MS).unref();
    try {
      return await answer();
    } finally {
      this.#waits.delete(wait);
    }
  }

  #look(): void {
    if (this.#waits.size === 0) {
      clearInterval(this.#looking);
      this.#looking = undefined;
    }
    for (const wait of this.#waits) {
      if (wait.isOld && !this.#isAsking) void this.#ask();
      wait.isOld = true;
    }
  }

  async #ask(): Promise<void> {
    this.#isAsking = true;
    const suspects = [...this.#inUse];
    if (await isSilent(this.#config)) {
      // Also ends the statements in them, as failed.
      for (const client of suspects) if (this.#inUse.has(client)) void endNow(client);
    }
    this.#isAsking = false;
  }
}

/** Whether a server neither accepts a connection nor says why. */
async function isSilent(config: pg.ClientConfig): Promise<boolean> {
  const connection = new QuickClient(config);
  try {
    await connection.connect();
    return false;
  } catch (error) {
    return !(error instanceof pg.DatabaseError);
  } finally {
    void endNow(connection);
  }
}

async function endNow(client: pg.ClientBase): Promise<void> {
  await (client as pg.Client).end().catch(() => undefined);
}
