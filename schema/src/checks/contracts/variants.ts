import type { Use } from '../../finding.ts';
import type { RegistryConfig } from '../../registry/config.ts';
import type { SdlIndex } from '../../registry/locations.ts';
import { affectedBy } from '../affected.ts';
import { changesBetween, type SchemaChange } from '../changes.ts';
import { apiIndex, apiSchema } from '../parsed.ts';
import { variantOf } from './contracts.ts';
import type { Comparison, SchemaState } from '../state.ts';

/** A contract variant before and after. */
export interface VariantComparison {
  readonly name: string;
  readonly exclude: ReadonlySet<string>;
  /** Whether a client counts as one of the variant. */
  readonly isOf: (use: Use) => boolean;
  readonly before: SchemaState<unknown>['api'];
  readonly shownBefore: SdlIndex;
  readonly shown: SdlIndex;
  /** Breaking changes that the public schema as a whole does not have. */
  readonly changes: readonly SchemaChange[];
}

/** Compares the contract variants that are valid. */
export async function compareVariants(
  { before, after, changes }: Comparison,
  contracts: RegistryConfig['contracts'],
): Promise<VariantComparison[]> {
  const assigned = new Set(Object.values(contracts).flatMap(({ clients = [] }) => clients));
  const known = new Set(changes.map(({ message }) => message));
  const variants: VariantComparison[] = [];
  for (const [name, { exclude, clients }] of Object.entries(contracts)) {
    const [old, now] = [variantOf(before.composed, exclude), variantOf(after.composed, exclude)];
    if (!('api' in old && 'api' in now)) continue;
    const api = { before: apiSchema(old), after: apiSchema(now) };
    const own = await changesBetween(api.before, api.after);
    variants.push({
      name,
      exclude: new Set(exclude),
      isOf: ({ client }) => clients === undefined || clients.includes(client) || !assigned.has(client),
      before: api.before,
      shownBefore: apiIndex(old),
      shown: apiIndex(now),
      changes: own.filter(({ level, message }) => level === 'breaking' && !known.has(message)),
    });
  }
  return variants;
}

/** The coordinates whose uses are needed to judge what variants hide. */
export function coordinatesOfVariants(variants: readonly VariantComparison[]): string[] {
  return variants.flatMap(({ changes, before }) => changes.flatMap((change) => affectedBy(change, before).byRequests));
}
