export { ATTACKER_KINDS, HONEST_KINDS, type Actor, type AttackerKind, type HonestKind } from './actor.ts';
export type { LabelledEvent, Sender, Tracked, TrackedName, TrafficPayloads, TrafficType } from './events.ts';
export type { City, Marketplace, Money, Show, Title } from './marketplace.ts';
export type {
  AttackerSettings,
  CardTesterSettings,
  ClickFarmSettings,
  ReferralFarmerSettings,
  ScalperSettings,
  TrafficSettings,
} from './settings.ts';
export { KNOWN_ATTACKERS, UNSEEN_ATTACKERS } from './attackers/presets.ts';
export { imagineMarketplace, type ImaginationSettings } from './imaginary-marketplace.ts';
export { simulate } from './simulate.ts';
export { accountOf } from './labels.ts';
