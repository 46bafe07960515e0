import { defineConfig } from '@playwright/test';
import { installedBrowser } from '@marquee/testkit/browser';

const executablePath = installedBrowser();
if (executablePath === undefined) throw new Error('Install Chromium to test in a browser.');

export default defineConfig({
  testDir: 'specs',
  // Speed is measured by itself, when nothing else runs.
  projects: [
    { name: 'pages', testIgnore: 'budgets.spec.ts' },
    { name: 'budgets', testMatch: 'budgets.spec.ts', dependencies: ['pages'], fullyParallel: false },
  ],
  globalSetup: './harness/global-setup.ts',
  outputDir: 'results',
  // Two processors run the stack, the browsers and the tests.
  workers: 2,
  fullyParallel: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: [['list'], ['./harness/measurements.ts']],
  use: {
    browserName: 'chromium',
    locale: 'en-GB',
    timezoneId: 'Europe/Amsterdam',
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    // A trace marks pages by inline styles, which the security policy forbids.
    screenshot: 'only-on-failure',
    // Chromium's sandbox does not run as root, as in containers.
    launchOptions: { executablePath, args: ['--no-sandbox'] },
  },
});
