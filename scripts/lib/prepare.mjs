import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { removeUnlisted } from './listed-files.mjs';
import { environment, root, run, runNode } from './run.mjs';

const TURBO = join(root, 'node_modules/turbo/bin/turbo');
const TSX = join(root, 'node_modules/tsx/dist/cli.mjs');

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
  console.error('Installing dependencies: a few minutes the first time…');
  // `npm ci` fails when the lock file lacks the binaries of another platform; `npm install` follows the lock file too.
  exitUnless(npmInstall(['--no-save'], folder));
}

/** Installs, and updates package-lock.json to the workspaces there are now. Exits when that fails. */
export function updateLock() {
  console.error('Updating package-lock.json…');
  exitUnless(npmInstall([], root));
}

/**
 * No dependency needs its install script; our own code makes the symlinks of the Postgres binaries. So npm 10, which
 * would run all scripts, and npm 11 install the same.
 */
function npmInstall(options, folder) {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  return npm(['install', '--ignore-scripts', '--include=dev', ...quiet, ...options], folder);
}

/**
 * Generates Prisma clients, resolver types and resolver maps whose sources have changed. Exits when that fails: with the
 * registry's report and exit code when SDL is invalid.
 */
export function generate() {
  removeLeftovers();
  const { status, output } = turboQuietly(['generate', '//#resolver-maps']);
  if (status === 0) return;
  exitUnless(runNode(TSX, [join(root, 'schema/src/main.ts'), 'validate']));
  console.error(output);
  process.exit(status);
}

/** Bundles the programs whose sources have changed, and builds applications for browsers. Exits when that fails. */
export function bundlePrograms(applications = []) {
  const { status, output } = turboQuietly(['//#programs', ...applications.map((name) => `${name}#build`)]);
  if (status === 0) return removeUnlisted(join(root, 'dist'));
  console.error(output);
  process.exit(status);
}

/** Git leaves generated code behind, which it ignores, when it removes a subgraph. */
function removeLeftovers() {
  for (const path of ['subgraphs', 'prisma'].flatMap((parent) => foldersIn(root, parent))) {
    if (existsSync(join(root, path, 'package.json'))) continue;
    for (const generated of ['generated', 'src/generated']) {
      rmSync(join(root, path, generated), { recursive: true, force: true });
    }
  }
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
  return (
    workspacesIn(folder).every((path) => path in found) &&
    Object.entries(wanted).every(([path, entry]) => {
      if (path === '' || !isThere(folder, path, entry)) return true;
      const there = found[path];
      // Dependencies for other platforms are in the lock file, but not installed.
      if (there === undefined) return entry.optional === true || entry.devOptional === true || entry.peer === true;
      return there.version === entry.version && there.integrity === entry.integrity;
    })
  );
}

/** The folders of the workspaces: those that package.json names, or that lie in a folder it names by `/*`. */
function workspacesIn(folder) {
  const { workspaces = [] } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return workspaces
    .flatMap((path) => (path.endsWith('/*') ? foldersIn(folder, path.slice(0, -2)) : [path]))
    .filter((path) => existsSync(join(folder, path, 'package.json')));
}

function foldersIn(folder, parent) {
  const entries = readdirSync(join(folder, parent), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => `${parent}/${name}`);
}

/** Whether an entry of the lock file is of a package from elsewhere, or of a workspace that has not been removed. */
function isThere(folder, path, { link, resolved }) {
  const workspace = link ? resolved : path.split('/node_modules/', 1)[0];
  return workspace.startsWith('node_modules/') || existsSync(join(folder, workspace, 'package.json'));
}

function exitUnless(code) {
  if (code !== 0) process.exit(code);
}
