import type { CoreFeature, Schema } from '@apollo/federation-internals';

const SPECS = 'https://specs.apollo.dev';

/** Security features that `authorization/` enforces. Stock `ApolloGateway` rejects a supergraph that links them. */
export const ENFORCED_FEATURES = ['authenticated', 'requiresScopes', 'policy'] as const;
export type EnforcedFeature = (typeof ENFORCED_FEATURES)[number];

/** Features implemented by the query planner and the API schema. */
const SUPPORTED_BY_PLANNER = new Set(['core', 'link', 'join', 'tag', 'inaccessible', 'cost', 'listSize', 'context']);

/** A supergraph links a feature that this gateway would silently ignore. */
export class UnsupportedFeatureError extends Error {
  override readonly name = 'UnsupportedFeatureError';
}

/**
 * Rejects a supergraph with an unsupported SECURITY or EXECUTION link. Other links do not change behaviour.
 *
 * @throws {UnsupportedFeatureError}
 */
export function assertFeaturesSupported(schema: Schema): void {
  for (const feature of schema.coreFeatures?.allFeatures() ?? []) {
    if (feature.purpose !== undefined && !isSupported(feature)) {
      throw new UnsupportedFeatureError(
        `The supergraph links ${feature.url.toString()} for ${feature.purpose}, which this gateway does not enforce`,
      );
    }
  }
}

/** The name of a feature's directive in this schema; undefined when the feature is not linked. */
export function directiveNameOf(schema: Schema, feature: EnforcedFeature): string | undefined {
  return schema.coreFeatures?.getByIdentity(`${SPECS}/${feature}`)?.directiveNameInSchema(feature);
}

/** Whether fields have arguments from what is around them (`@fromContext`). */
export function hasContexts(schema: Schema): boolean {
  return schema.coreFeatures?.getByIdentity(`${SPECS}/context`) !== undefined;
}

/** Whether the feature is one of {@link ENFORCED_FEATURES}. */
export function isEnforced(feature: CoreFeature): boolean {
  return ENFORCED_FEATURES.some((name) => feature.url.identity === `${SPECS}/${name}`);
}

/** Whether stock `ApolloGateway` rejects a supergraph that links the feature. */
export function isBeyondStock(feature: CoreFeature): boolean {
  return isEnforced(feature) || feature.url.identity === `${SPECS}/context`;
}

function isSupported(feature: CoreFeature): boolean {
  return (
    isEnforced(feature) ||
    (feature.url.identity.startsWith(`${SPECS}/`) &&
      SUPPORTED_BY_PLANNER.has(feature.url.identity.slice(SPECS.length + 1)))
  );
}
