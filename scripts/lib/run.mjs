import { spawn, spawnSync } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root, the working directory of every script. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Turns off telemetry and update checks of tools. */
export const environment = {
  ...process.env,
  TURBO_TELEMETRY_DISABLED: '1',
  APOLLO_TELEMETRY_DISABLED: 'true',
  CHECKPOINT_DISABLE: '1',
  DO_NOT_TRACK: '1',
};

/** Runs a program in this terminal. @returns its exit code */
export function run(program, args, options = {}) {
  const { status, error } = spawnSync(program, args, { cwd: root, env: environment, stdio: 'inherit', ...options });
  if (error) throw error;
  return status ?? 1;
}

/** Runs a JavaScript program with this Node. @returns its exit code */
export function runNode(file, args, options) {
  return run(process.execPath, [file, ...args], options);
}

/**
 * Runs a Node program in place of this process: forwards signals and exits with its code. Ctrl-C is not forwarded,
 * because the terminal sends it to both.
 */
export function replaceProcess(args) {
  const child = spawn(process.execPath, args, { cwd: root, env: environment, stdio: 'inherit' });
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
