import type { Plan, Scene } from '../scene.ts';
import type { AttackerSettings } from '../settings.ts';
import { planCardTesters } from './card-testers.ts';
import { planClickFarms } from './click-farms.ts';
import { planReferralFarmers } from './referral-farmers.ts';
import { openRing, type Ring } from './ring.ts';
import { planScalpers } from './scalpers.ts';

/** The actions of all attackers in the whole time. */
export function planAttacks(scene: Scene, attackers: readonly AttackerSettings[]): Plan[] {
  return attackers.flatMap((settings, variant) =>
    Array.from({ length: settings.rings }, (_, number) => openRing(scene, settings, [variant, number])).flatMap(
      planRing,
    ),
  );
}

function planRing({ settings, ...ring }: Ring<AttackerSettings>): Plan[] {
  switch (settings.kind) {
    case 'SCALPER':
      return planScalpers({ ...ring, settings });
    case 'CARD_TESTER':
      return planCardTesters({ ...ring, settings });
    case 'REFERRAL_FARMER':
      return planReferralFarmers({ ...ring, settings });
    case 'CLICK_FARM':
      return planClickFarms({ ...ring, settings });
  }
}
