import { DriverAdapterError } from '@prisma/driver-adapter-utils';

import { layersOf } from './violations.ts';

/** Names that Prisma’s adapter gives to failed connections. */
const CONNECTION_FAILURES = new Set<unknown>([
  'ConnectionClosed',
  'DatabaseNotReachable',
  'SocketTimeout',
  'TlsConnectionError',
  'TooManyConnections',
]);
/** Severities after which Postgres closes the connection, as when it stops, starts, or accepts no connections. */
const CLOSING = new Set<unknown>(['FATAL', 'PANIC']);
/** pg's errors without a code, of a connection that is lost or cannot be had. */
const LOST_CONNECTION = /^(Connection terminated|Client (has encountered|was closed)|timeout exp|timeout exceeded)/;
/** Prisma's error when no connection came free for a transaction. */
const NO_CONNECTION = /Unable to start a transaction in the given time/;

/** Whether work failed because the database is unreachable or went away, rather than because of the work itself. */
export function isDatabaseOutage(error: unknown): boolean {
  for (const { kind, severity, code, message } of layersOf(error)) {
    if (CONNECTION_FAILURES.has(kind) || CLOSING.has(severity)) return true;
    if (code === 'P2028' && NO_CONNECTION.test(String(message))) return true;
  }
  return false;
}

/** Gives the lost connections that Prisma's adapter does not recognise the name that it has for others. */
export async function nameOutages<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isLostConnection(error)
      ? new DriverAdapterError({ kind: 'ConnectionClosed', originalMessage: error.message })
      : error;
  }
}

function isLostConnection(error: unknown): error is Error {
  if (!(error instanceof Error) || error instanceof DriverAdapterError) return false;
  return LOST_CONNECTION.test(error.message) || 'syscall' in error || error instanceof AggregateError;
}
