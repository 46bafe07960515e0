import { afterAll } from 'vitest';
import { dropTestDatabases } from './databases.ts';

// Registered before the test file's own hooks, so it runs after they have closed their clients.
afterAll(dropTestDatabases);
