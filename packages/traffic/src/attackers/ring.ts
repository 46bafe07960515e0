import { attacker, type Actor } from '../actor.ts';
import type { Sender } from '../events.ts';
import type { City } from '../marketplace.ts';
import type { Random } from '../random.ts';
import type { Scene, Visit } from '../scene.ts';
import type { AttackerSettings } from '../settings.ts';

const MINUTE_MS = 60_000;

/** A group of attackers who act together, and share what detection looks for. */
export interface Ring<Settings extends AttackerSettings> {
  readonly scene: Scene;
  readonly settings: Settings;
  readonly random: Random;
  readonly actor: Actor;
  readonly name: string;
  readonly city: City;
}

/** @param number of the ring among those with these settings, which have a number too */
export function openRing<Settings extends AttackerSettings>(
  scene: Scene,
  settings: Settings,
  [variant, number]: readonly [variant: number, number: number],
): Ring<Settings> {
  const name = `${settings.kind.toLowerCase()}_${variant}_${number}`;
  const random = scene.random.fork(name);
  const city = random.pick(scene.marketplace.cities.slice(0, 5));
  return { scene, settings, random, actor: attacker(name, settings.kind), name, city };
}

/** Of so many things that a ring has, the one that an account uses. */
export function shared(count: number, account: number): number {
  return account % Math.max(1, count);
}

/** An account of the ring at its client. */
export function visitOf<Settings extends AttackerSettings>(
  { actor, city, name, settings }: Ring<Settings>,
  account: number,
): Visit & { readonly sender: Sender & { readonly userId: string } } {
  const network = `net_${name}_${shared(settings.networks, account)}`;
  const device = `dev_${name}_${shared(settings.devices, account)}`;
  const userId = accountOf(name, account);
  return { actor, city, sender: { userId, visitorId: `vis_${name}_${account}`, network, device } };
}

export function accountOf(name: string, account: number): string {
  return `usr_sim_${name}_${account}`;
}

/** The pause before the next action, by the settings' pace. */
export function pauseMs<Settings extends AttackerSettings>({ settings, random }: Ring<Settings>, factor = 1): number {
  const { secondsBetween, jitter } = settings;
  return Math.max(50, secondsBetween * 1000 * factor * Math.exp(jitter * random.normal()));
}

/** Registers an account, one after another in the minutes before they are needed. */
export function register<Settings extends AttackerSettings>(
  ring: Ring<Settings>,
  account: number,
  at: number,
  referralCode?: string,
): void {
  const { scene, actor, name } = ring;
  if (at < scene.from) return;
  const userId = accountOf(name, account);
  scene.stream.add(actor, 'account.registered', at, { userId, ...(referralCode !== undefined && { referralCode }) });
}

/** When a ring begins: somewhere in the period, with room for so many minutes. */
export function startOf<Settings extends AttackerSettings>({ scene, random }: Ring<Settings>, minutes = 0): number {
  return random.between(scene.from, Math.max(scene.from, scene.until - minutes * MINUTE_MS));
}
