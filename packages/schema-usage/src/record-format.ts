import { DamagedUsageError } from './errors.ts';
import type { UsageCount } from './usage.ts';

/** The subject of a counter: executions of an operation, or those that named a coordinate in their variables. */
export interface CounterName {
  readonly client: string;
  readonly version: string;
  readonly hash: string;
  readonly coordinate?: string;
}

export interface StoredOperation {
  readonly name: string;
  readonly coordinates: readonly string[];
}

export function counterField({ client, version, operation, coordinate }: UsageCount): string {
  return JSON.stringify([client, version, operation.hash, ...(coordinate === undefined ? [] : [coordinate])]);
}

/** @throws {DamagedUsageError} */
export function readCounterField(key: string, field: string): CounterName {
  const record = `${key} ${field}`;
  const parts = parsed(record, field);
  if (!isStrings(parts)) throw new DamagedUsageError(record, 'its name is not a list of strings');
  const [client, version, hash, coordinate, ...rest] = parts;
  if (client === undefined || version === undefined || hash === undefined || rest.length > 0) {
    throw new DamagedUsageError(record, 'its name is not client, version, operation and, perhaps, coordinate');
  }
  return { client, version, hash, ...(coordinate === undefined ? {} : { coordinate }) };
}

/** @throws {DamagedUsageError} unless the value is a non-negative integer */
export function readNumber(key: string, field: string, value: string | undefined): number {
  if (value === undefined || !/^\d{1,15}$/.test(value)) {
    throw new DamagedUsageError(`${key} ${field}`, value === undefined ? 'it is missing' : `'${value}' is not a count`);
  }
  return Number(value);
}

export function writeOperation({ name, coordinates }: StoredOperation): string {
  return JSON.stringify({ name, coordinates });
}

/** @throws {DamagedUsageError} */
export function readOperation(key: string, value: string | null): StoredOperation {
  if (value === null) throw new DamagedUsageError(key, 'it is missing, though counts refer to it');
  const operation = parsed(key, value) as Partial<StoredOperation> | null;
  if (typeof operation?.name !== 'string' || !isStrings(operation.coordinates)) {
    throw new DamagedUsageError(key, 'it has no name and coordinates');
  }
  return { name: operation.name, coordinates: operation.coordinates };
}

function parsed(record: string, json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new DamagedUsageError(record, 'it is not JSON');
  }
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}
