/** A seeded account, which owns the seed's titles. */
export const SEED_ADMIN = 'usr_seed_admin';

/** Whose the seed's venues are, as accounts seeds them. */
export const SEED_PARTNERS_VENUE = { ownerId: 'usr_seed_partner', organisationId: 'org_seed_partner' };
export const SEED_ADMINS_VENUE = { ownerId: SEED_ADMIN, organisationId: 'org_seed_admin' };
