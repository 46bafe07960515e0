import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const guard = fileURLToPath(new URL('require-node.cjs', import.meta.url));

/** Runs the guard as a Node of another version would. */
function runAs(version: string) {
  const script = `Object.defineProperty(process.versions, 'node', { value: '${version}' }); require('${guard}')`;
  const { status, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  return { status, stderr };
}

test.each(['14.21.3', '18.20.8', '20.18.3'])('Node %s is refused in one line', (version) => {
  const { status, stderr } = runAs(version);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^Marquee needs Node 20\.19 or later; this is Node [\d.]+\. .*\n$/);
});

test.each(['20.19.0', '22.0.0', '24.4.1'])('Node %s is accepted', (version) => {
  expect(runAs(version)).toEqual({ status: 0, stderr: '' });
});
