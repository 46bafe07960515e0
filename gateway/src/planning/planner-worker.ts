import { parentPort } from 'node:worker_threads';
import { planner } from '../executor/plan/planner.ts';
import { RequestRejectedError } from '../operation/operation-request.ts';
import { validateDocument } from '../operation/operation.ts';
import { readSupergraph } from '../supergraph/read-supergraph.ts';
import type { Message, Reply } from './messages.ts';

/** The supergraphs of this thread, each of one generation. */
const supergraphs = new Map<string, ReturnType<typeof openSupergraph>>();

/** The engine validates the SDL meanwhile, and closes this one when it is invalid. */
function openSupergraph(sdl: string) {
  const read = readSupergraph(sdl, { validate: false });
  return { schema: read.schema, plan: planner(read) };
}

function handle(message: Message): string {
  if (message.kind === 'open') supergraphs.set(message.supergraph, openSupergraph(message.sdl));
  if (message.kind === 'close') supergraphs.delete(message.supergraph);
  if (message.kind === 'open' || message.kind === 'close') return '';
  const supergraph = supergraphs.get(message.supergraph);
  if (supergraph === undefined) throw new Error(`The supergraph ${message.supergraph} is closed`);
  if (message.kind === 'plan') return JSON.stringify(supergraph.plan(message.request));
  validateDocument(supergraph.schema, message.query);
  return '';
}

function replyTo(message: Message): Reply {
  const { id } = message;
  try {
    return { id, result: handle(message) };
  } catch (error) {
    if (!(error instanceof RequestRejectedError)) return { id, failed: cloneable(error) };
    return { id, rejected: error.errors, ...(error.cause !== undefined && { cause: cloneable(error.cause) }) };
  }
}

/** Errors of libraries have properties that cannot be sent to another thread. */
function cloneable(error: unknown): unknown {
  return error instanceof Error ? Object.assign(new Error(error.message), { stack: error.stack }) : String(error);
}

parentPort?.on('message', (message: Message) => parentPort?.postMessage(replyTo(message)));
