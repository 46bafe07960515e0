import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The Chromium on the PATH. */
export function installedBrowser(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(isExecutable);
}

/** Whether tests in a browser can run. They must in CI; elsewhere a warning says that they do not. */
export function runsInBrowser(what: string): boolean {
  const isFound = installedBrowser() !== undefined;
  if (!isFound)
    process.emitWarning(`No Chromium was found: install one to test ${what}. In CI these tests fail without it.`);
  return isFound || process.env['CI'] !== undefined;
}

/** @throws when no browser is installed */
export async function openBrowser(): Promise<Browser> {
  const executablePath = installedBrowser();
  if (executablePath === undefined) throw new Error(`Install Chromium: the PATH has none of ${NAMES.join(', ')}.`);
  // Chromium's sandbox does not run as root, as in containers.
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
