/**
 * Keeps personal data out of events, which are copied to the log, to consumers and to dead letters, where erasing an
 * account does not reach: every text says what it is, and a name that suggests personal data needs a declaration.
 */
import type { z } from 'zod';

import { contentOf, type PersonalData } from './content.ts';

const SUSPICIOUS =
  /e-?mail|phone|mobile|address|postcode|birth|passport|gender|(first|last|full|display|user|nick)_?name|user_?agent|^ip$|ip_?addr|iban|last4|card_?(number|token|holder)|latitude|longitude|password|secret|token|note$|comment|message/i;

/** Kinds of values without text. */
const PLAIN = new Set(['boolean', 'enum', 'literal', 'null']);
/** Kinds of shapes around another, which zod has under these names. */
const AROUND: Readonly<Record<string, string>> = {
  array: 'element',
  default: 'innerType',
  nullable: 'innerType',
  optional: 'innerType',
  readonly: 'innerType',
};

/** Event types with the shapes of their payloads. */
type Shapes = Readonly<Record<string, z.ZodType>>;

interface Field {
  /** Such as `booking.confirmed.seats`. */
  readonly path: string;
  readonly shape: z.ZodType;
}

/** Fields that do not say what they carry, or that look like personal data and are not declared, each with what to do. */
export function undeclaredFields(shapes: Shapes): string[] {
  return fieldsOf(shapes).flatMap((field) => {
    const problem = problemOf(field);
    return problem === undefined ? [] : [`${field.path}: ${problem}`];
  });
}

/** The personal data that events carry, by field. */
export function personalDataIn(shapes: Shapes): Record<string, PersonalData> {
  const declared = fieldsOf(shapes).flatMap(({ path, shape }) => {
    const content = contentOf(shape);
    return typeof content === 'object' ? [[path, content] as const] : [];
  });
  return Object.fromEntries(declared);
}

function problemOf({ path, shape }: Field): string | undefined {
  const content = contentOf(shape);
  if (typeof content === 'object' || content === 'public fact') return undefined;
  const { type } = shape.def;
  const holdsValue = type === 'string' || type === 'number';
  if (!holdsValue) return PLAIN.has(type) ? undefined : `its shape ${type} can carry anything; give its fields`;
  if (content !== 'id' && SUSPICIOUS.test(path.split('.').at(-1) ?? '')) {
    return 'it looks like personal data; let its reader ask for it by id, or declare personalData (ADR 33)';
  }
  if (type === 'string' && content === undefined) {
    return 'it is any text; use id, code, publicName, publicFact or ownWords, or declare personalData (ADR 33)';
  }
  return undefined;
}

function fieldsOf(shapes: Shapes): Field[] {
  return Object.entries(shapes).flatMap(([path, shape]) => leavesOf({ path, shape }));
}

function leavesOf({ path, shape }: Field): Field[] {
  const def = shape.def as unknown as Readonly<Record<string, unknown>> & { readonly type: string };
  if (def.type === 'object' && !def['catchall']) {
    const fields = Object.entries(def['shape'] as Record<string, z.ZodType>);
    return fields.flatMap(([name, inner]) => leavesOf({ path: `${path}.${name}`, shape: inner }));
  }
  const around = AROUND[def.type];
  return around === undefined ? [{ path, shape }] : leavesOf({ path, shape: def[around] as z.ZodType });
}
