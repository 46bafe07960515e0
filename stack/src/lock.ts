import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { identify, isAlive, type ProcessIdentity } from '@marquee/servers';

/** The process that uses the state folder. */
export interface LockHolder extends ProcessIdentity {
  /** The gateway's endpoint; missing while the stack is starting. */
  address?: string;
}

/** The exclusive right to use the state folder. */
export interface Lock {
  /** Publishes the endpoint to other processes. */
  announce(address: string): void;
  release(): void;
}

/**
 * Takes the lock, unless a live process holds it. A holder is identified by pid and start time, because the pid alone may
 * have been reused.
 *
 * @returns the lock, or its live holder
 */
export function takeLock(file: string): { lock: Lock } | { holder: LockHolder } {
  const own = ownIdentity();
  for (;;) {
    if (claim(file, own)) return { lock: lockOf(file, own) };
    const holder = lockHolder(file);
    if (holder) return { holder };
    removeStale(file);
  }
}

/** The live process that holds the lock; undefined when it is free or stale. */
export function lockHolder(file: string): LockHolder | undefined {
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

/** Creates the lock by a hard link, which is atomic: nobody reads a partial lock. */
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

/** Removes a stale lock. Only one process succeeds in renaming it; if the lock is a fresh one by then, it is put back. */
function removeStale(file: string): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (lockHolder(aside)) linkSync(aside, file);
  rmSync(aside);
}

function read(file: string): LockHolder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as LockHolder;
  } catch {
    // Missing, or damaged by a crash of the machine.
    return undefined;
  }
}

function write(file: string, holder: LockHolder): void {
  writeFileSync(file, JSON.stringify(holder), { mode: 0o600 });
}

function ownIdentity(): ProcessIdentity {
  const own = identify(process.pid);
  if (!own) throw new Error('This process is not in the process list.');
  return own;
}
