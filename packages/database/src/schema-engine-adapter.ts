import { PrismaPg } from '@prisma/adapter-pg';
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
  type SqlResultSet,
  type Transaction,
} from '@prisma/driver-adapter-utils';
import pg from 'pg';

/** The oid of Postgres's internal type `"char"`, which adapter-pg does not support, and of `text`. */
const INTERNAL_CHAR = 18;
const TEXT = 25;

/**
 * Connects Prisma's schema engine to Postgres through adapter-pg, with two fixes. It reads the catalogue's `"char"` columns,
 * which the adapter rejects. And it sends a script as one statement, so that a migration is atomic; the adapter splits it
 * at every semicolon, even inside a function's body.
 */
export class EngineAdapterFactory implements SqlMigrationAwareDriverAdapterFactory {
  readonly provider = 'postgres';
  readonly adapterName = '@prisma/adapter-pg';
  readonly #pool: pg.Pool;
  readonly #charColumns = new WeakMap<object, Set<number>>();

  constructor(url: string) {
    // One connection, so that session settings of the engine last.
    this.#pool = new pg.Pool({ connectionString: url, max: 1 });
    this.#readCharAsText();
  }

  async connect(): Promise<SqlDriverAdapter> {
    const adapter = await new PrismaPg(this.#pool).connect();
    return {
      provider: this.provider,
      adapterName: this.adapterName,
      queryRaw: async (query) => this.#withCharacters(await adapter.queryRaw(query)),
      executeRaw: (query: SqlQuery): Promise<number> => adapter.executeRaw(query),
      executeScript: async (script) => {
        await adapter.executeRaw({ sql: script, args: [], argTypes: [] });
      },
      startTransaction: (isolationLevel): Promise<Transaction> => adapter.startTransaction(isolationLevel),
      getConnectionInfo: () => adapter.getConnectionInfo(),
      dispose: () => adapter.dispose(),
    };
  }

  connectToShadowDb(): Promise<SqlDriverAdapter> {
    return Promise.reject(new Error('A scratch database is migrated instead of a shadow database.'));
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  #readCharAsText(): void {
    const query: (config: pg.QueryConfig) => Promise<pg.QueryResult> = this.#pool.query.bind(this.#pool);
    const readable = async (config: pg.QueryConfig): Promise<pg.QueryResult> => {
      const result = await query(config);
      const { fields = [], rows = [] } = result;
      const columns = fields.flatMap((field, index) => (field.dataTypeID === INTERNAL_CHAR ? [index] : []));
      for (const column of columns) Object.assign(fields[column] ?? {}, { dataTypeID: TEXT });
      this.#charColumns.set(rows, new Set(columns));
      return result;
    };
    Object.assign(this.#pool, { query: readable });
  }

  #withCharacters(result: SqlResultSet): SqlResultSet {
    const characters = this.#charColumns.get(result.rows);
    const columnTypes = result.columnTypes.map((type, index) =>
      characters?.has(index) ? ColumnTypeEnum.Character : type,
    );
    return { ...result, columnTypes };
  }
}
