import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process told apart from a later one that was given the same pid. */
export interface ProcessIdentity {
  pid: number;
  /** When it started, in the operating system's own words; only ever compared. */
  started: string;
}

/** The process running under `pid` now; undefined when there is none. */
export function identify(pid: number): ProcessIdentity | undefined {
  const started = process.platform === 'linux' ? startedOnLinux(pid) : startedByPs(pid);
  return started === undefined ? undefined : { pid, started };
}

/** Whether that very process is still running. */
export function isAlive(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.started === identity.started;
}

/** The pid of a process's parent; undefined where /proc does not tell. */
export function parentOf(pid: number): number | undefined {
  const parent = linuxStat(pid)?.fields[1];
  return parent === undefined ? undefined : Number(parent);
}

/** The name of a process's program; undefined where /proc does not tell. */
export function nameOf(pid: number): string | undefined {
  return linuxStat(pid)?.name;
}

/** Ticks since boot do not tell two boots apart (or two containers' hosts), so the boot's id is put before them. */
function startedOnLinux(pid: number): string | undefined {
  const fields = linuxStat(pid)?.fields;
  if (fields === undefined || fields[0] === 'Z') return undefined;
  return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${fields[19]}`;
}

/** The fields of /proc/<pid>/stat after the name: state, parent, … */
function linuxStat(pid: number): { name: string; fields: string[] } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name may hold blanks and brackets itself.
    const [open, close] = [stat.indexOf('('), stat.lastIndexOf(')')];
    return { name: stat.slice(open + 1, close), fields: stat.slice(close + 2).split(' ') };
  } catch {
    return undefined;
  }
}

function startedByPs(pid: number): string | undefined {
  const { status, stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  const started = stdout?.trim();
  return status === 0 && started ? started : undefined;
}

/**
 * Sends `signal`, and SIGKILL once `graceMs` have passed without the process ending.
 * Returns when it is gone, at once when it was not there.
 */
export async function endProcess(identity: ProcessIdentity, signal: NodeJS.Signals, graceMs: number): Promise<void> {
  const deadline = Date.now() + graceMs;
  for (let sent = false; isAlive(identity); sent = true) {
    if (!sent) send(identity, signal);
    else if (Date.now() > deadline) send(identity, 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function send(identity: ProcessIdentity, signal: NodeJS.Signals): void {
  try {
    process.kill(identity.pid, signal);
  } catch (error) {
    // It ended between the look and the signal.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
