import { createRequire } from 'node:module';
import type * as GraphqlShield from 'graphql-shield';

/**
 * graphql-shield's CommonJS build. Its ESM build imports `isUndefined` of `util`, which Node 23 removed; in CommonJS only
 * `chain` and `race` fail, which are not offered here.
 */
const library = createRequire(import.meta.url)('graphql-shield') as typeof GraphqlShield;

export const { allow, and, deny, or, rule, shield } = library;
