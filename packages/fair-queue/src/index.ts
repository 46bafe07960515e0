export { FairQueue, type FairQueueOptions } from './fair-queue.ts';
