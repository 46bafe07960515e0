import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environment, root, run, runNode } from './run.mjs';

const TURBO = join(root, 'node_modules/turbo/bin/turbo');

/** Installs the dependencies when they are missing or differ from package-lock.json. Exits when that fails. */
export function install() {
  installIn(root);
}

/**
 * Installs the dependencies of bench/, which is not a workspace because its peers need other versions than the gateway.
 */
export function installBench() {
  installIn(join(root, 'bench'));
}

function installIn(folder) {
  if (isInstalled(folder)) return;
  // Standard output is left to the program that runs next, which may print JSON.
  console.error('Installing dependencies…');
  // `npm ci` fails when the lock file lacks the binaries of another platform; `npm install` follows the lock file too.
  // No dependency needs its install script; our own code makes the symlinks of the Postgres binaries. So npm 10, which
  // would run all scripts, and npm 11 install the same.
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  exitUnless(npm(['install', '--no-save', '--ignore-scripts', '--include=dev', ...quiet], folder));
}

/** Generates Prisma clients, resolver types and resolver maps whose sources have changed. Exits when that fails. */
export function generate() {
  const { status, output } = turboQuietly(['generate', '//#resolver-maps']);
  if (status !== 0) console.error(output);
  exitUnless(status);
}

/** Runs tasks of turbo.json. @returns the exit code */
export function turbo(tasks, options = []) {
  return runNode(TURBO, ['run', ...tasks, ...options]);
}

function turboQuietly(tasks) {
  const args = [TURBO, 'run', ...tasks, '--output-logs=errors-only'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    env: environment,
    encoding: 'utf8',
  });
  return { status: status ?? 1, output: stdout + stderr };
}

function npm(args, cwd) {
  const options = { cwd, stdio: ['inherit', 2, 'inherit'] };
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('npm-cli.js')) return runNode(cli, args, options);
  return run('npm', args, options);
}

/**
 * Compares the lock file with npm's list of what it installed; file times are meaningless after a checkout or a copy.
 */
function isInstalled(folder) {
  const list = join(folder, 'node_modules/.package-lock.json');
  if (!existsSync(list)) return false;
  const [wanted, found] = [join(folder, 'package-lock.json'), list].map(
    (file) => JSON.parse(readFileSync(file, 'utf8')).packages,
  );
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const there = found[path];
    // Dependencies for other platforms are in the lock file, but not installed.
    if (there === undefined) return entry.optional === true || entry.devOptional === true || entry.peer === true;
    return there.version === entry.version && there.integrity === entry.integrity;
  });
}

function exitUnless(code) {
  if (code !== 0) process.exit(code);
}
