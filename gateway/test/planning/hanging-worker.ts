import { parentPort } from 'node:worker_threads';
import type { Message } from '../../src/planning/messages.ts';

/** A planner that never ends with operations that contain `hang`, and runs out of memory with those that contain `eat`. */
parentPort?.on('message', ({ id, ...message }: Message) => {
  const text = JSON.stringify(message);
  if (text.includes('hang')) for (;;);
  const eaten: unknown[] = [];
  if (text.includes('eat')) for (;;) eaten.push(Array.from({ length: 1_000_000 }, () => 0.5));
  parentPort?.postMessage({ id, result: message.kind === 'plan' ? '{"kind":"QueryPlan"}' : '' });
});
