import { startDistributed } from './distributed/start.ts';
import { serveStack } from './serve-stack.ts';

// `npm run start:distributed`: a process for each subgraph, the payment provider and the gateway.
await serveStack(startDistributed);
