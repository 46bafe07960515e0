import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Identifies a process, even after its pid is reused. */
export interface ProcessIdentity {
  pid: number;
  /** The start time in the operating system's format; only compared. */
  started: string;
}

/** The process running under `pid` now; undefined when there is none. */
export function identify(pid: number): ProcessIdentity | undefined {
  const started = process.platform === 'linux' ? startTimeOnLinux(pid) : startTimeByPs(pid);
  return started === undefined ? undefined : { pid, started };
}

/** Whether the process is still running, and not another one under its pid. */
export function isAlive(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.started === identity.started;
}

/** The pid of a process's parent; undefined without /proc. */
export function parentPid(pid: number): number | undefined {
  const parent = linuxStat(pid)?.fields[1];
  return parent === undefined ? undefined : Number(parent);
}

/** The name of a process's program; undefined without /proc. */
export function programName(pid: number): string | undefined {
  return linuxStat(pid)?.name;
}

/** The start time in ticks since boot, prefixed with the boot's id to make it unique. */
function startTimeOnLinux(pid: number): string | undefined {
  const fields = linuxStat(pid)?.fields;
  if (fields === undefined || fields[0] === 'Z') return undefined;
  return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${fields[19]}`;
}

/** The fields of /proc/<pid>/stat after the name: state, parent, … */
function linuxStat(pid: number): { name: string; fields: string[] } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name may contain spaces and parentheses.
    const [open, close] = [stat.indexOf('('), stat.lastIndexOf(')')];
    return { name: stat.slice(open + 1, close), fields: stat.slice(close + 2).split(' ') };
  } catch {
    return undefined;
  }
}

function startTimeByPs(pid: number): string | undefined {
  const { status, stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  const started = stdout?.trim();
  return status === 0 && started ? started : undefined;
}

/**
 * Stops a process by `signal`, or by SIGKILL after `graceMs`. Resolves when it is gone.
 */
export async function stopProcess(identity: ProcessIdentity, signal: NodeJS.Signals, graceMs: number): Promise<void> {
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
    // It ended meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
