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

/**
 * Gives up the connections in use once the server has fallen silent, as when its machine froze or its network is cut.
 *
 * A slow statement is no such sign: what decides is whether the server still accepts a connection.
 */
export class SilenceWatch {
  readonly #config: pg.ClientConfig;
  readonly #inUse = new Set<pg.PoolClient>();
  #asking: Promise<void> | undefined;

  constructor(pool: pg.Pool, config: pg.ClientConfig) {
    this.#config = config;
    pool.on('acquire', (client) => this.#inUse.add(client));
    pool.on('release', (_error, client) => this.#inUse.delete(client));
  }

  /** Waits for an answer, for as long as the server answers anybody. */
  async watch<T>(answer: () => Promise<T>): Promise<T> {
    const timer = setInterval(() => void (this.#asking ??= this.#ask()), SUSPICIOUS_MS);
    try {
      return await answer();
    } finally {
      clearInterval(timer);
    }
  }

  async #ask(): Promise<void> {
    const suspects = [...this.#inUse];
    if (await isSilent(this.#config)) {
      // Also ends the statements in them, as failed.
      for (const client of suspects) if (this.#inUse.has(client)) void endNow(client);
    }
    this.#asking = undefined;
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
