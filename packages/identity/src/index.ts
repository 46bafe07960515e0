export type { VerifyAccessToken } from './access-tokens.ts';
export type { Authenticate, Identity } from './authenticate.ts';
export * from './caller.ts';
export {
  type Authentication,
  type AuthenticationOptions,
  startAuthentication,
  type TokenOptions,
} from './authentication.ts';
export { networkOf } from './network.ts';
export { findOrganisationRoles, type FindOrganisationRoles, type OrganisationRoleOf } from './organisation-roles.ts';
export {
  assertMayDo,
  mayDo,
  ORGANISATION_ROLES,
  type OrganisationRole,
  organisationsFor,
  type OrganisationWork,
  ROLES_FOR,
} from './organisation-work.ts';
export { revokedSessionsKey, SESSION_REVOKED } from './revoked-sessions.ts';
export { dataOf, httpCalls, type HttpCallsOptions, type ServiceCalls, type ServiceRequest } from './service-calls.ts';
export { RefusedCredentialError } from './refused-credential.ts';
export { FORWARDED_BY_HEADER } from './forwarded-by-header.ts';
export { privateKeysFile, publicKeysFile, readServiceKeyFile, serviceKeysIn } from './service-key-files.ts';
export { ensureServiceKeys, revokeServiceKeys, rotateServiceKey } from './service-key-rotation.ts';
export { GATEWAY_SERVICE, newServiceKey, publicPart, type ReadServiceKeys, type ServiceKey } from './service-keys.ts';
export {
  serviceSigner,
  type ServiceTokenOptions,
  type ServiceTokenPurpose,
  serviceVerifier,
  type SignServiceCall,
  type VerifyServiceCall,
} from './service-tokens.ts';
export type { KeySource } from './signing-keys.ts';
export { TIMEOUT_HEADER } from './timeout-header.ts';
