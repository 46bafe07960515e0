import { nextPace } from '../domain/pacing.ts';
import type { PacedCampaign, Pacing } from '../domain/ports.ts';

/** A time in which little happens says little. */
const LEAST_SECONDS = 1;

/** Sets the share of auctions in which each campaign takes part, by what it spent since the last time. */
export async function paceCampaigns({ pacing }: { readonly pacing: Pacing }): Promise<void> {
  const running = await pacing.running();
  const due = running.filter(({ pacedAt, elapsedSeconds }) => pacedAt === null || elapsedSeconds >= LEAST_SECONDS);
  await pacing.set(due.map((campaign) => ({ id: campaign.id, pacedAt: campaign.pacedAt, ...paceOf(campaign) })));
}

function paceOf({ pace, allowance, pacedAt, spentSince, elapsedSeconds, ...campaign }: PacedCampaign) {
  // From here on it is known what it spends.
  if (pacedAt === null) return { pace, allowance };
  const { budgetLeft, secondsToEnd, dayLeft, secondsToMidnight } = campaign;
  const day = dayLeft === null ? [] : [{ milli: dayLeft, seconds: Math.min(secondsToMidnight, secondsToEnd) }];
  const left = [{ milli: budgetLeft, seconds: secondsToEnd }, ...day];
  return nextPace({ pace, allowance, spent: spentSince, elapsedSeconds, left });
}
