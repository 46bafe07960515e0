export { askedBy, EVERY_SUBGRAPH } from './asks.ts';
export * from './caller.ts';
export * from './context.ts';
export { customerQueue } from './customer-queue.ts';
export { type DefinedSubgraph, defineSubgraph } from './define-subgraph.ts';
export type { EntityReference } from './entity-reference.ts';
export type { FormattedResult, GraphRequest } from './execution.ts';
export * from './ids.ts';
export type { Job } from './job.ts';
export { byId, byKey, groupedBy, perArguments } from './loaders.ts';
export type { OpenOptions } from './open-options.ts';
export { lookAt } from './looks.ts';
export type { DemoAccount } from './definition.ts';
export { sendSmallPage, type SmallPage } from './page.ts';
export { scopeOver, withOpenCase } from './support-cases.ts';
export * from './pagination.ts';
export type { ErasureReceipt, OwnResolvers, PersonalData } from './personal-data.ts';
export { assertPeriod, type Period } from './period.ts';
export {
  anyOf,
  everyone,
  nobody,
  ownerOnly,
  ownerOr,
  ownerOrSupport,
  type Permissions,
  type Policies,
  type Policy,
  policy,
  service,
  signedIn,
  withScope,
  withScopeOver,
} from './permissions/index.ts';
export type { Feed, Resume } from './pub-sub/feed.ts';
export type { PubSub } from './pub-sub/pub-sub.ts';
export type { RunIdempotently, SubgraphRuntime } from './runtime.ts';
export * from './service-calls.ts';
export { rotateKeys, type Sealing } from './sealing.ts';
export {
  foldersOf,
  loosened,
  ownFolder,
  secret,
  secretKey,
  secretKeys,
  secretsOf,
  settingsIn,
  variableOf,
} from './settings.ts';
export { type LinkQuery, SignedLinks, type SignedLinksOptions } from './signed-links.ts';
export * from './subgraph.ts';
export { AccountRestrictedError, refusedByRisk, riskRefusalOf } from './risk-levels.ts';
