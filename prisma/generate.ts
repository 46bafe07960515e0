/**
 * Generates the Prisma client of the domain in the current folder, from its schema.prisma and what that includes.
 *
 * Prisma insists on a schema engine binary although generating does not run it; naming any executable keeps it from
 * downloading one, so that this works offline.
 */
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readSchemaFiles } from '@marquee/database/schema-files';

/** All files as the one that Prisma takes; beside schema.prisma, for the client's folder is relative to it. */
const COMBINED = '.combined.prisma';

const files = await readSchemaFiles('.');
writeFileSync(COMBINED, files.map(({ content }) => content).join('\n'));
try {
  process.exitCode = generate(COMBINED);
} finally {
  rmSync(COMBINED);
}

function generate(schema: string): number {
  const prisma = createRequire(import.meta.url).resolve('prisma/build/index.js');
  const { status } = spawnSync(process.execPath, [prisma, 'generate', '--schema', schema, '--no-hints'], {
    stdio: 'inherit',
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  });
  return status ?? 1;
}
