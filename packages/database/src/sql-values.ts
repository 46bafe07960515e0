import { Decimal } from '@prisma/client/runtime/client';
import pg from 'pg';

type Parse = (text: string) => unknown;

const dateTime: Parse = (text) => new Date(`${text.slice(0, 10)}T${text.slice(11)}Z`);
/** Sessions are in UTC, so the offset is always `+00`. */
const zonedDateTime: Parse = (text) => dateTime(text.slice(0, -3));
const time: Parse = (text) => new Date(`1970-01-01T${text}Z`);
const zonedTime: Parse = (text) => time(text.slice(0, -3));
const date: Parse = (text) => new Date(text);
const bytes: Parse = (text) => new Uint8Array(Buffer.from(text.slice(2), 'hex'));
const decimal: Parse = (text) => new Decimal(text);

/** The types whose values differ from those of pg: each the oid of the type, of its array, and how it is read. */
const TYPES: readonly (readonly [oid: number, array: number, parse: Parse])[] = [
  [17, 1001, bytes],
  [20, 1016, BigInt],
  [1700, 1231, decimal],
  [1082, 1182, date],
  [1083, 1183, time],
  [1266, 1270, zonedTime],
  [1114, 1115, dateTime],
  [1184, 1185, zonedDateTime],
];

/** pg's parsers; its types name some oids only. */
const parserOf = pg.types.getTypeParser as (oid: number, format?: 'text' | 'binary') => Parse;
const TEXT_ARRAY = 1009;
const arrayOfTexts = parserOf(TEXT_ARRAY) as (text: string) => unknown[];

const parsers = new Map<number, Parse>(
  TYPES.flatMap(([oid, array, parse]) => [
    [oid, parse],
    [array, (text: string) => deepMap(arrayOfTexts(text), parse)],
  ]),
);

function deepMap(values: readonly unknown[], parse: Parse): unknown[] {
  return values.map((value) => {
    if (Array.isArray(value)) return deepMap(value, parse);
    return value === null ? null : parse(value as string);
  });
}

/** Reads values as raw statements of Prisma's client give them. */
export const readValues: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => parsers.get(oid) ?? parserOf(oid, format),
};

/** A value as a parameter: pg itself writes dates in the time zone of the process, and decimals as JSON. */
export function toParameter(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(toParameter);
  return Decimal.isDecimal(value) ? value.toString() : value;
}
