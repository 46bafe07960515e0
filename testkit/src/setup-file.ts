import { afterAll } from 'vitest';
import { dropTestDatabases } from './databases.ts';
import { finishFile } from './when-done.ts';

// Registered before the test file's own hooks, so it runs after them, and drops what no client has open any more.
afterAll(async () => {
  try {
    await finishFile();
  } finally {
    await dropTestDatabases();
  }
});
