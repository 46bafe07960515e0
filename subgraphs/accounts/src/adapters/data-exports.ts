import type { SecretBox } from '@marquee/database';
import { appendToOutbox } from '@marquee/events';
import { Prisma, type PrismaClient } from '@marquee/prisma-accounts';
import { isPossibleId, newId } from '@marquee/subgraph/ids';
import { type Instruments, observe } from '@marquee/telemetry';

import type { ClaimedExport, DataExport, DataExports } from '../domain/data-export.ts';
import { newEvent } from '../emits.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
const KEEP_FILES_MS = 7 * DAY_MS;
/** A process that stopped while it made an export leaves it to others after this. */
const LEASE_SECONDS = 120;
const MAX_LISTED = 10;

const COLUMNS = Prisma.sql`
  id, user_id AS "userId", requested_at AS "requestedAt", ready_at AS "readyAt", expires_at AS "expiresAt", downloads`;

/** Exports in the accounts database. Due times are judged by the database clock. */
export class DataExportRepository implements DataExports {
  readonly #client: PrismaClient;
  readonly #box: SecretBox;

  constructor(client: PrismaClient, box: SecretBox) {
    this.#client = client;
    this.#box = box;
  }

  /** The unique index lets one of concurrent requests make an export. */
  async request(userId: string, at: Date): Promise<DataExport> {
    await this.#client.$executeRaw`
      INSERT INTO data_exports (id, user_id, requested_at) SELECT ${newId('exp')}, ${userId}, ${at}
      WHERE NOT EXISTS (SELECT FROM data_exports
        WHERE user_id = ${userId} AND requested_at > ${new Date(at.getTime() - DAY_MS)})
      ON CONFLICT DO NOTHING`;
    const [latest] = await this.#client.$queryRaw<DataExport[]>`
      SELECT ${COLUMNS} FROM data_exports WHERE user_id = ${userId} ORDER BY requested_at DESC LIMIT 1`;
    return latest as DataExport;
  }

  async find(id: string, userId: string, at: Date): Promise<DataExport | null> {
    if (!isPossibleId(id)) return null;
    const [found] = await this.#client.$queryRaw<DataExport[]>`
      SELECT ${COLUMNS} FROM data_exports
      WHERE id = ${id} AND user_id = ${userId} AND (expires_at IS NULL OR expires_at > ${at})`;
    return found ?? null;
  }

  ofUsers(userIds: readonly string[], at: Date): Promise<DataExport[]> {
    return this.#client.$queryRaw<DataExport[]>`
      SELECT found.* FROM unnest(${[...userIds]}::text[]) AS owner (id) CROSS JOIN LATERAL (
        SELECT ${COLUMNS} FROM data_exports
        WHERE user_id = owner.id AND (expires_at IS NULL OR expires_at > ${at})
        ORDER BY requested_at DESC LIMIT ${MAX_LISTED}
      ) AS found ORDER BY "requestedAt" DESC`;
  }

  claim(limit: number): Promise<ClaimedExport[]> {
    return this.#client.$queryRaw<ClaimedExport[]>`
      UPDATE data_exports SET
        attempts = attempts + 1, due_at = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
      WHERE id = ANY (ARRAY (
        SELECT id FROM data_exports WHERE file IS NULL AND due_at <= clock_timestamp()
        ORDER BY due_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
      ))
      RETURNING id, user_id AS "userId", attempts,
        ARRAY (SELECT subgraph FROM data_export_parts WHERE export_id = data_exports.id) AS collected`;
  }

  async delay(id: string, ms: number): Promise<void> {
    await this.#client.$executeRaw`
      UPDATE data_exports SET due_at = clock_timestamp() + make_interval(secs => ${ms / 1000}) WHERE id = ${id}`;
  }

  async addPart(id: string, subgraph: string, content: string): Promise<void> {
    const sealed = this.#box.seal(partLabel(id, subgraph), Buffer.from(content));
    await this.#client.$executeRaw`
      INSERT INTO data_export_parts (export_id, subgraph, content) VALUES (${id}, ${subgraph}, ${sealed})
      ON CONFLICT DO NOTHING`;
  }

  async partsOf(id: string): Promise<ReadonlyMap<string, string>> {
    const rows = await this.#client.dataExportPart.findMany({ where: { exportId: id } });
    return new Map(
      rows.map(({ subgraph, content }) => [subgraph, this.#opened(partLabel(id, subgraph), content)] as const),
    );
  }

  async dropParts(id: string): Promise<void> {
    await this.#client.$executeRaw`DELETE FROM data_export_parts WHERE export_id = ${id}`;
  }

  async finish({ id, userId }: Pick<DataExport, 'id' | 'userId'>, file: string, at: Date): Promise<void> {
    const sealed = this.#box.seal(fileLabel(id), Buffer.from(file));
    const expiresAt = new Date(at.getTime() + KEEP_FILES_MS);
    await this.#client.$transaction(async (tx) => {
      const made = await tx.$executeRaw`
        UPDATE data_exports SET file = ${sealed}, ready_at = ${at}, expires_at = ${expiresAt}
        WHERE id = ${id} AND file IS NULL`;
      if (made === 0) return;
      await tx.$executeRaw`DELETE FROM data_export_parts WHERE export_id = ${id}`;
      const ready = { userId, exportId: id, expiresAt: expiresAt.toISOString() };
      await appendToOutbox(tx, [newEvent('account.data-export-ready', userId, ready)]);
    });
  }

  async download(id: string, downloads: number, at: Date): Promise<string | null> {
    if (!isPossibleId(id)) return null;
    const [row] = await this.#client.$queryRaw<{ file: Uint8Array }[]>`
      UPDATE data_exports SET downloads = downloads + 1
      WHERE id = ${id} AND downloads = ${downloads}::int AND expires_at > ${at} RETURNING file`;
    return row === undefined ? null : this.#opened(fileLabel(id), row.file);
  }

  async deleteExpired(at: Date): Promise<void> {
    await this.#client.dataExport.deleteMany({ where: { expiresAt: { lte: at } } });
  }

  async waiting(): Promise<{ exports: number; oldestSeconds: number }> {
    const [row] = await this.#client.$queryRaw<{ exports: number; oldestSeconds: number }[]>`
      SELECT count(*)::int AS exports,
        coalesce(extract(epoch FROM now() - min(requested_at)), 0)::float8 AS "oldestSeconds"
      FROM data_exports WHERE file IS NULL`;
    return row ?? { exports: 0, oldestSeconds: 0 };
  }

  #opened(label: string, sealed: Uint8Array): string {
    return Buffer.from(this.#box.open(label, sealed)).toString();
  }
}

const partLabel = (id: string, subgraph: string): string => `data-export:${id}:${subgraph}`;
export const fileLabel = (id: string): string => `data-export:${id}`;

/** Exports how many exports are being made, and since when, as metrics. */
export function observeDataExports(exports: DataExportRepository, { metrics }: Instruments): void {
  if (!metrics) return;
  observe(metrics, {
    name: 'marquee_accounts_data_exports_waiting',
    help: 'Data exports that are not made yet',
    read: async () => (await exports.waiting()).exports,
  });
  observe(metrics, {
    name: 'marquee_accounts_data_exports_oldest_seconds',
    help: 'Age of the oldest data export that is not made yet, in seconds',
    read: async () => (await exports.waiting()).oldestSeconds,
  });
}
