import { afterAll } from 'vitest';
import { dropTestDatabases } from './databases.ts';

// Registered before any hook of the test file, so it runs after them, when their clients are closed.
afterAll(dropTestDatabases);
