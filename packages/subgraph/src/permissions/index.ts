export { applyPolicies } from './apply-policies.ts';
export { type Permissions, type Policies, policiesOf } from './policies.ts';
export {
  anyOf,
  everyone,
  nobody,
  ownerOnly,
  ownerOr,
  ownerOrSupport,
  type Policy,
  policy,
  service,
  signedIn,
  withScope,
  withScopeOver,
} from './rules.ts';
