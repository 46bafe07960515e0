import type { z } from 'zod';

import { type AuditedAction, auditedAction, type AuditedType, auditedType } from './audited-action.ts';
import { undeclaredFields } from './personal-data.ts';
import { type PersonErased, personErased, type PersonErasedType, personErasedType } from './person-erased.ts';

/** The payload of every event type. Each domain adds its own, beside the shapes in its `emits.ts`. */
export interface EventPayloads {
  readonly [audited: AuditedType]: AuditedAction;
  readonly [erased: PersonErasedType]: PersonErased;
}

export type EventType = keyof EventPayloads & string;

/** The payload of an event type. */
export type PayloadOf<T extends EventType> = EventPayloads[T];

/** A domain's event types, each with the zod schema of its payload. */
export type EventShapes = Readonly<Record<string, z.ZodType>>;

/** The entries that a domain adds to {@link EventPayloads}. */
export type PayloadsOf<Shapes extends EventShapes> = { readonly [T in keyof Shapes]: z.output<Shapes[T]> };

/** Every event type, the domain that emits it and its payload's shape. */
export interface EventCatalogue {
  readonly domains: readonly string[];
  /** The domain that emits events of the type. @throws when none does */
  domainOf(type: string): string;
  /**
   * Validates a payload. Unknown fields are dropped, so that a newer emitter may add fields.
   *
   * @throws {z.ZodError} when the payload does not match the type's shape
   */
  parse(type: string, payload: unknown): unknown;
}

/**
 * Builds the catalogue from the shapes of each domain.
 *
 * @throws when two domains emit the same type, or a field may carry personal data without a declaration
 */
export function eventCatalogue(shapesOf: Readonly<Record<string, EventShapes>>): EventCatalogue {
  const types = new Map<string, { readonly domain: string; readonly shape: z.ZodType }>();
  for (const [domain, own] of Object.entries(shapesOf)) {
    const shapes = { ...own, [auditedType(domain)]: auditedAction, [personErasedType(domain)]: personErased };
    const undeclared = undeclaredFields(shapes);
    if (undeclared.length > 0)
      throw new Error(`Events of ${domain} may carry personal data:\n${undeclared.join('\n')}`);
    for (const [type, shape] of Object.entries(shapes)) {
      const other = types.get(type)?.domain;
      if (other !== undefined) throw new Error(`Both ${other} and ${domain} emit ${type}`);
      types.set(type, { domain, shape });
    }
  }
  const find = (type: string) => {
    const found = types.get(type);
    if (!found) throw new Error(`No domain emits ${type}`);
    return found;
  };
  return {
    domains: Object.keys(shapesOf),
    domainOf: (type) => find(type).domain,
    parse: (type, payload) => find(type).shape.parse(payload),
  };
}
