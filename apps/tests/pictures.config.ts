import { defineConfig } from '@playwright/test';

import config from './playwright.config.ts';

const { projects: _projects, ...common } = config;

/** `npm run screenshots`: the pictures of the documentation. */
export default defineConfig({ ...common, testDir: 'pictures', workers: 1, timeout: 120_000 });
