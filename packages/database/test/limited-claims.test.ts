import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const ROOT = new URL('../../../', import.meta.url);
const ROOMS = ['packages', 'sandbox', 'subgraphs'];
/** A subquery of IN that locks a limited number of rows. Postgres may run it again for each row of the outer table. */
const RUN_AGAIN = /\bIN \(\s*SELECT\b(?:(?!\bIN \(\s*SELECT\b|`)[\s\S])*?\bLIMIT\b[^`]{0,80}?\bSKIP LOCKED/i;

const sources = ROOMS.flatMap((room) =>
  readdirSync(new URL(`${room}/`, ROOT), { recursive: true, encoding: 'utf8' })
    .filter((path) => /^[\w-]+\/src\/.*\.ts$/.test(path))
    .map((path) => `${room}/${path}`),
);

test('a claim of limited rows is computed once: as an array, or as a MATERIALIZED part', () => {
  expect(sources.filter((path) => RUN_AGAIN.test(readFileSync(new URL(path, ROOT), 'utf8')))).toEqual([]);
});

test('control: one in a subquery of IN is found', () => {
  const locked = 'SELECT id FROM jobs WHERE due ORDER BY id LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)';
  expect(RUN_AGAIN.test(`DELETE FROM jobs WHERE id IN (\n  ${locked}`)).toBe(true);
  expect(RUN_AGAIN.test(`DELETE FROM jobs WHERE id = ANY (ARRAY (${locked})`)).toBe(false);
});
