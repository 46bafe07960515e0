import { serveStack } from './serve-stack.ts';
import { startStack } from './stack.ts';

// `npm start`: the whole supergraph in one process.
await serveStack(startStack);
