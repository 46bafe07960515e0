import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { whenDone } from './when-done.ts';

/** A folder for the current test, or for the whole file when called outside a test. */
export function testFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `marquee-${name}-`));
  whenDone(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
