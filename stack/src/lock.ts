import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { identify, isAlive, type ProcessIdentity } from '@marquee/servers';

/** Who has the state folder in use. */
export interface LockHolder extends ProcessIdentity {
  /** Where it serves; missing while it is starting. */
  address?: string;
}

/** The right to use the state folder, until released. */
export interface Lock {
  /** Tells others where this stack serves. */
  announce(address: string): void;
  release(): void;
}

/**
 * Takes the lock, also over the lock of a process that is gone: pid and start time together tell that, for the pid
 * alone may belong to somebody else by now.
 *
 * @returns the lock, or the live process that has it
 */
export function takeLock(file: string): { lock: Lock } | { holder: LockHolder } {
  const own = ownIdentity();
  for (;;) {
    if (claim(file, own)) return { lock: lockOf(file, own) };
    const holder = liveHolder(file);
    if (holder) return { holder };
    removeStale(file);
  }
}

/** The live process that has the lock; undefined when it is free or stale. */
export function liveHolder(file: string): LockHolder | undefined {
  const holder = read(file);
  return holder && isAlive(holder) ? holder : undefined;
}

function lockOf(file: string, own: ProcessIdentity): Lock {
  return {
    announce: (address) => {
      write(`${file}.${own.pid}`, { ...own, address });
      renameSync(`${file}.${own.pid}`, file);
    },
    release: () => {
      if (read(file)?.pid === own.pid) rmSync(file, { force: true });
    },
  };
}

/** A link appears whole or not at all, so nobody ever reads half a lock. */
function claim(file: string, own: ProcessIdentity): boolean {
  const draft = `${file}.${own.pid}`;
  write(draft, own);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Of several that find the lock stale one gets to rename it; should that be a fresh one by then, it is put back. */
function removeStale(file: string): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (liveHolder(aside)) linkSync(aside, file);
  rmSync(aside);
}

function read(file: string): LockHolder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as LockHolder;
  } catch {
    // Missing, or damaged by a crash of the machine: nobody's.
    return undefined;
  }
}

function write(file: string, holder: LockHolder): void {
  writeFileSync(file, JSON.stringify(holder), { mode: 0o600 });
}

function ownIdentity(): ProcessIdentity {
  const own = identify(process.pid);
  if (!own) throw new Error('This process cannot see itself in the list of processes.');
  return own;
}
