/** `npm run audit`: fails for a known vulnerability of high severity; security/README.md has the rules. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { install } from './lib/prepare.mjs';
import { root } from './lib/run.mjs';

install();
const { findingsIn, findingsOf, problemsOf } = await import('./lib/audit.mjs');
const read = (file) => JSON.parse(readFileSync(join(root, file), 'utf8'));

const online = askRegistry();
if (!online) console.log('The registry gives no advisories. The list in security/advisories.json is used.');
const findings = online ?? findingsIn(read('package-lock.json'), read('security/advisories.json'));
const problems = problemsOf(findings, read('security/exceptions.json'), new Date().toISOString().slice(0, 10));
for (const problem of problems) console.error(problem);
console.log(problems.length === 0 ? 'No known vulnerability of high severity.' : `${problems.length} to mend.`);
process.exitCode = problems.length === 0 ? 0 : 1;

/** Undefined when the registry does not answer. */
function askRegistry() {
  const { stdout } = spawnSync('npm', ['audit', '--json'], { cwd: root, encoding: 'utf8', timeout: 60_000 });
  try {
    return findingsOf(JSON.parse(stdout));
  } catch {
    return undefined;
  }
}
