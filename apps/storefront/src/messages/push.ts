const WORKER = '/push-worker.js';
const KEY = 'marquee.push-endpoint';

/** Whether this browser can be pushed to: it knows how, and the page came over https or from localhost. */
export const knowsPush = (): boolean =>
  'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;

/** A browser's push subscription, as the contract takes it. */
export interface PushKeys {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

/**
 * Asks the person for permission, and subscribes at the browser's push service.
 *
 * @throws when the browser has no push service, as some builds of Chromium
 * @returns undefined when the person declines
 */
export async function subscribeToPush(publicKey: string): Promise<PushKeys | undefined> {
  if ((await Notification.requestPermission()) !== 'granted') return undefined;
  const registration = await navigator.serviceWorker.register(WORKER);
  await navigator.serviceWorker.ready;
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: publicKey,
  });
  const { endpoint, keys } = subscription.toJSON();
  if (!endpoint || !keys?.['p256dh'] || !keys['auth']) throw new Error('The subscription has no keys');
  return { endpoint, p256dh: keys['p256dh'], auth: keys['auth'] };
}

/** Ends the subscription of this browser. */
export async function unsubscribeFromPush(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration(WORKER);
  const subscription = await registration?.pushManager.getSubscription();
  await subscription?.unsubscribe();
  localStorage.removeItem(KEY);
}

/** The endpoint's id of this browser, which the list of all endpoints does not tell. */
export const keepEndpoint = (id: string): void => localStorage.setItem(KEY, id);
export const keptEndpoint = (): string | null => localStorage.getItem(KEY);
