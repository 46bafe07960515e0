import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { takeLock } from '../src/lock.ts';
import { SetupError } from '@marquee/servers';
import { openStateFolder, secretFrom } from '../src/state-folder.ts';
import { defaultStateFolder } from '@marquee/servers/state-path';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'marquee-state-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A state folder with every file that a stack creates. */
function filled(path: string) {
  const state = openStateFolder(path);
  state.secret('BOOKING_TICKET_SECRET');
  state.recordPostgresFolder('/elsewhere/postgres');
  takeLock(state.lockFile);
  for (const folder of ['postgres', 'redis', 'services']) mkdirSync(join(path, folder));
  writeFileSync(join(path, 'postgres', 'server.json'), '{}');
  writeFileSync(state.logFile, '');
  return state;
}

test('an empty MARQUEE_FOLDER means the default folder, not the working directory', () => {
  expect(defaultStateFolder({ MARQUEE_FOLDER: '' })).toBe(defaultStateFolder({}));
  expect(defaultStateFolder({})).toMatch(/\.marquee$/);
});

test('a secret of the environment counts for all who share it, before the folder’s own', () => {
  const state = openStateFolder(join(temporaryFolder(), 'state'));
  const secret = secretFrom({ PAYMENTS_PROVIDER_API_KEY: 'of the environment' }, state);
  expect(secret('PAYMENTS_PROVIDER_API_KEY')).toBe('of the environment');
  expect(secret('BOOKING_TICKET_SECRET')).toBe(state.secret('BOOKING_TICKET_SECRET'));
});

test('clearing deletes the stack’s files and the folder', () => {
  const path = join(temporaryFolder(), 'state');
  filled(path).clear();
  expect(existsSync(path)).toBe(false);
});

test('clearing keeps other files', () => {
  const path = temporaryFolder();
  mkdirSync(join(path, 'photos'));
  writeFileSync(join(path, 'photos', 'wedding.jpg'), 'x');
  writeFileSync(join(path, 'notes.txt'), 'x');
  filled(path).clear();
  expect(readdirSync(path, { recursive: true }).toSorted()).toEqual(['notes.txt', 'photos', 'photos/wedding.jpg']);
});

test('a shared folder is refused and left unchanged', () => {
  const path = temporaryFolder();
  chmodSync(path, 0o1777);
  expect(() => openStateFolder(path)).toThrow(SetupError);
  expect(statSync(path).mode & 0o7777).toBe(0o1777);
  expect(readdirSync(path)).toEqual([]);
});
