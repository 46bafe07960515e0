/** `npm run check`: all static checks. Tasks whose inputs have not changed are cached. */
import { generate, install, turbo } from './lib/prepare.mjs';

install();
generate();
const tasks = ['typecheck', 'lint', 'format:check', 'boundaries', 'deadcode', 'drift', 'schema:check'].map(
  (task) => `//#${task}`,
);
process.exitCode = turbo(tasks, ['--continue', '--output-logs=errors-only', ...process.argv.slice(2)]);
