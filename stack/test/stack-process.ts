import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually, OPTIMISE_LATE } from '@marquee/testkit';

/** A running program behind an npm script, and its output. */
export interface StackProcess {
  process: ChildProcess;
  output(): string;
  /** Waits for a text in the output. @throws with the output when the program ends or the time is up */
  waitForOutput(text: string, timeoutMs?: number): Promise<void>;
  /** Sends the signal, if any, and waits for the exit. @returns the exit code, or the signal that killed it */
  ended(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals>;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Bundles the programs; the code that they need is generated before the tests. */
export function buildPrograms(): void {
  execFileSync(process.execPath, [join(ROOT, 'scripts/programs.mjs')]);
}

/** Runs a program that was built, with its state in `folder`, and without seeded bookings. */
export function runProgram(program: string, folder: string, environment: Record<string, string> = {}): StackProcess {
  return runNode(join(ROOT, `dist/${program}.mjs`), { MARQUEE_FOLDER: folder, SEED_BOOKINGS: 'off', ...environment });
}

/** Runs a JavaScript file that gets nothing of the tests' environment but where programs are. */
export function runNode(file: string, environment: Record<string, string>, args: readonly string[] = []): StackProcess {
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment };
  const child = spawn(process.execPath, [OPTIMISE_LATE, file, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (data: Buffer): void => void (output += data.toString());
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const exit = once(child, 'exit') as Promise<[number | null, NodeJS.Signals]>;
  return {
    process: child,
    output: () => output,
    waitForOutput: (text, timeoutMs = 120_000) =>
      eventually(
        () => {
          if (output.includes(text)) return;
          throw new Error(`It has not said “${text}” but:\n${output}`);
        },
        { timeoutMs },
      ),
    ended: async (signal) => {
      if (signal) child.kill(signal);
      const [code, endedBy] = await exit;
      return code ?? endedBy;
    },
  };
}
