import type { BrowserContext, Page } from '@playwright/test';

import { currentRun } from './run.ts';

/** A push subscription at the sandbox push service, which has its private key and reads what is sent to it. */
export interface PushSubscriptionMade {
  readonly id: string;
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
}

export async function subscribeToPush(): Promise<PushSubscriptionMade> {
  const response = await fetch(`${currentRun().pushUrl}/subscriptions`, { method: 'POST' });
  return (await response.json()) as PushSubscriptionMade;
}

/** The texts that were pushed to a subscription, decrypted, newest first. */
export async function pushesTo({ id }: PushSubscriptionMade): Promise<string[]> {
  const response = await fetch(`${currentRun().pushUrl}/messages.json?subscription=${id}`);
  return ((await response.json()) as { text: string }[]).map(({ text }) => text);
}

/**
 * Gives a browser the sandbox push service in place of its maker's, which it cannot reach. The subscription is real: the
 * server encrypts for its key, and the service refuses what is wrong.
 */
export async function givePushService(context: BrowserContext): Promise<PushSubscriptionMade> {
  const subscription = await subscribeToPush();
  await context.grantPermissions(['notifications'], { origin: currentRun().origin });
  await context.exposeFunction('endPushSubscription', async () => {
    await fetch(`${currentRun().pushUrl}/subscriptions/${subscription.id}`, { method: 'DELETE' });
  });
  await context.addInitScript(subscribeHere, subscription);
  return subscription;
}

/** Runs in the page, before its scripts. */
function subscribeHere({ endpoint, keys }: PushSubscriptionMade): void {
  if (!('PushManager' in window)) return;
  const { endPushSubscription } = window as unknown as { endPushSubscription: () => Promise<void> };
  const kept = 'test.push';
  const subscription = {
    endpoint,
    toJSON: () => ({ endpoint, keys, expirationTime: null }),
    unsubscribe: async () => {
      localStorage.removeItem(kept);
      await endPushSubscription();
      return true;
    },
  } as unknown as PushSubscription;
  PushManager.prototype.subscribe = async () => {
    localStorage.setItem(kept, 'subscribed');
    return subscription;
  };
  PushManager.prototype.getSubscription = async () => (localStorage.getItem(kept) === null ? null : subscription);
}

/** Hands a push message to the page's service worker, as the browser does with what its service delivers. */
export async function deliverPush(page: Page, text: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      for (const { registrationId, isDeleted } of registrations) if (!isDeleted) resolve(registrationId);
    });
  });
  await session.send('ServiceWorker.enable');
  const registrationId = await registered;
  await session.send('ServiceWorker.deliverPushMessage', { origin: currentRun().origin, registrationId, data: text });
  await session.detach();
}

/** The titles of the notifications that the page's service worker shows. */
export function shownNotifications(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    return (await registration.getNotifications()).map(({ title }) => title);
  });
}
