/** The seeded organisations, as accounts seeds them: the partner's, and the administrator's, which owns the titles. */
export const SEED_PARTNERS = { organisationId: 'org_seed_partner' };
export const SEED_ADMINS = { organisationId: 'org_seed_admin' };
