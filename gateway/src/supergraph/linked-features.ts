import type { CoreFeature, Schema } from '@apollo/federation-internals';

const SPECS = 'https://specs.apollo.dev';

/** The security features that `authorization/` enforces; stock `ApolloGateway` refuses a supergraph that links them. */
export const ENFORCED_FEATURES = ['authenticated', 'requiresScopes', 'policy'] as const;
export type EnforcedFeature = (typeof ENFORCED_FEATURES)[number];

/** What the query planner and the API schema take care of. */
const SUPPORTED_ELSEWHERE = new Set(['core', 'link', 'join', 'tag', 'inaccessible', 'cost', 'listSize']);

/** A supergraph asks for something that this gateway would silently not do. */
export class UnsupportedFeatureError extends Error {
  override readonly name = 'UnsupportedFeatureError';
}

/**
 * Refuses a supergraph whose links this gateway cannot honour: a SECURITY link without an enforcer, or an EXECUTION
 * link that changes how operations run.
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

/** The name that a feature's own directive has in this schema, or nothing when the feature is not linked. */
export function directiveNameOf(schema: Schema, feature: EnforcedFeature): string | undefined {
  return schema.coreFeatures?.getByIdentity(`${SPECS}/${feature}`)?.directiveNameInSchema(feature);
}

/** Is this one of the features taken out for the stock gateway? */
export function isEnforced(feature: CoreFeature): boolean {
  return ENFORCED_FEATURES.some((name) => feature.url.identity === `${SPECS}/${name}`);
}

function isSupported(feature: CoreFeature): boolean {
  return (
    isEnforced(feature) ||
    (feature.url.identity.startsWith(`${SPECS}/`) &&
      SUPPORTED_ELSEWHERE.has(feature.url.identity.slice(SPECS.length + 1)))
  );
}
