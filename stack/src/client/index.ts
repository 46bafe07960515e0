export { graphClient, GraphRequestError, type GraphClient, type GraphClientOptions } from './client.ts';
export type { EventStream } from './event-stream.ts';
export { type Operation, type OperationPicker, registeredOperations } from './operation.ts';
