import { serveStack } from './serve-stack.ts';
import { startStack } from './stack.ts';

// `npm start`: everything in this process.
await serveStack(startStack);
