import type { AttackerSettings } from '../settings.ts';

/** Attackers as one knows them: for training. Each kind has a crude and a careful variant. */
export const KNOWN_ATTACKERS: readonly AttackerSettings[] = [
  {
    ...{ kind: 'SCALPER', rings: 4, accounts: 20, networks: 3, devices: 4, cards: 4, seatsPerAccount: 8 },
    ...{ secondsBetween: 0.8, jitter: 0.2, showsPerRing: 3, hoardShare: 0.1, transferShare: 0.7, decoyViews: 0 },
  },
  {
    ...{ kind: 'SCALPER', rings: 3, accounts: 12, networks: 6, devices: 6, cards: 6, seatsPerAccount: 6 },
    ...{ secondsBetween: 2, jitter: 0.5, showsPerRing: 4, hoardShare: 0.4, transferShare: 0.6, decoyViews: 3 },
  },
  {
    ...{ kind: 'CARD_TESTER', rings: 6, accounts: 2, networks: 1, devices: 1, cards: 80 },
    ...{ secondsBetween: 6, jitter: 0.2, approvalRate: 0.06, topUpShare: 0.5 },
  },
  {
    ...{ kind: 'CARD_TESTER', rings: 6, accounts: 6, networks: 4, devices: 3, cards: 50 },
    ...{ secondsBetween: 45, jitter: 0.6, approvalRate: 0.1, topUpShare: 0.2 },
  },
  {
    ...{ kind: 'REFERRAL_FARMER', rings: 5, accounts: 15, networks: 1, devices: 2, cards: 1 },
    ...{ secondsBetween: 180, jitter: 0.3, buyShare: 0.9 },
  },
  {
    ...{ kind: 'REFERRAL_FARMER', rings: 5, accounts: 10, networks: 3, devices: 3, cards: 3 },
    ...{ secondsBetween: 1800, jitter: 0.6, buyShare: 0.8 },
  },
  {
    ...{ kind: 'CLICK_FARM', rings: 4, accounts: 15, networks: 2, devices: 3 },
    ...{ secondsBetween: 2, jitter: 0.1, clicksPerDay: 400, adShare: 0.6 },
  },
];

/** Attackers that have learnt: other sizes, slower, less regular, spread over more networks, devices and cards. */
export const UNSEEN_ATTACKERS: readonly AttackerSettings[] = [
  {
    ...{ kind: 'SCALPER', rings: 6, accounts: 15, networks: 8, devices: 10, cards: 8, seatsPerAccount: 5 },
    ...{ secondsBetween: 3.5, jitter: 0.6, showsPerRing: 3, hoardShare: 0.25, transferShare: 0.45, decoyViews: 6 },
  },
  {
    ...{ kind: 'CARD_TESTER', rings: 10, accounts: 8, networks: 6, devices: 6, cards: 40 },
    ...{ secondsBetween: 120, jitter: 0.8, approvalRate: 0.15, topUpShare: 0.35 },
  },
  {
    ...{ kind: 'REFERRAL_FARMER', rings: 8, accounts: 9, networks: 4, devices: 4, cards: 4 },
    ...{ secondsBetween: 5400, jitter: 0.8, buyShare: 0.7 },
  },
  {
    ...{ kind: 'CLICK_FARM', rings: 5, accounts: 40, networks: 8, devices: 10 },
    ...{ secondsBetween: 8, jitter: 0.4, clicksPerDay: 500, adShare: 0.5 },
  },
];
