/** Ids of seeded accounts, which own the seed's venues and titles. */
export const SEED_ADMIN = 'usr_seed_admin';
export const SEED_PARTNER = 'usr_seed_partner';
