import type { Title } from '../marketplace.ts';
import { DAY_MS } from '../rhythm.ts';
import { type Plan, track, type Visit } from '../scene.ts';
import type { ClickFarmSettings } from '../settings.ts';
import { pauseMs, type Ring, visitOf } from './ring.ts';

/** Clicks on ads, and views of one title, day after day, without an account. */
export function planClickFarms(ring: Ring<ClickFarmSettings>): Plan[] {
  const { scene, settings, random } = ring;
  const title = random.pick(scene.marketplace.titles);
  const days = Math.ceil((scene.until - scene.from) / DAY_MS);
  return Array.from({ length: days * settings.accounts }, (_, turn) => {
    const { sender, ...visit } = visitOf(ring, turn % settings.accounts);
    const at = scene.from + Math.floor(turn / settings.accounts) * DAY_MS + random.next() * DAY_MS;
    return { at, run: () => clickOnAndOn(ring, { ...visit, sender: { ...sender, userId: null } }, title, at) };
  });
}

function clickOnAndOn(ring: Ring<ClickFarmSettings>, visit: Visit, title: Title, start: number): void {
  const { scene, settings, random } = ring;
  for (let click = 0, at = start; click < settings.clicksPerDay / settings.accounts; click++) {
    at += pauseMs(ring);
    if (random.chance(settings.adShare)) clickAd(ring, visit, at);
    else track(scene, visit, 'title_view', at, { title });
  }
}

function clickAd(ring: Ring<ClickFarmSettings>, visit: Visit, at: number): void {
  const impressionToken = ring.scene.stream.newId('imp');
  track(ring.scene, visit, 'ad_impression', at, { impressionToken });
  track(ring.scene, visit, 'ad_click', at + pauseMs(ring, 0.2), { impressionToken });
}
