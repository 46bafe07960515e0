import { createECDH } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import webPush, { type RequestOptions } from 'web-push';

import { type Answer, buildSandboxPush, type ReceivedMessage, type SubscriptionKeys } from '../src/index.ts';

const sender = (() => {
  const keys = webPush.generateVAPIDKeys();
  return { subject: 'mailto:push@marquee.test', ...keys };
})();

async function sandbox() {
  const failures: unknown[] = [];
  const push = buildSandboxPush({ log: { error: (fields) => void failures.push(fields) } });
  onTestFinished(async () => {
    await push.stop();
    expect(failures).toEqual([]);
  });
  const url = await push.listen();
  const call = (path: string, method: string, body?: object) =>
    fetch(new URL(path, url), {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  return {
    url,
    page: async (query = '') => (await fetch(`${url}${query}`)).text(),
    subscribe: async () =>
      (await (await call('/subscriptions', 'POST')).json()) as { id: string; endpoint: string; keys: SubscriptionKeys },
    answer: (id: string, answer: Answer) => call(`/subscriptions/${id}/answer`, 'PUT', answer),
    unsubscribe: (id: string) => call(`/subscriptions/${id}`, 'DELETE'),
    messages: async (id: string) =>
      (await (await fetch(new URL(`/messages.json?subscription=${id}`, url))).json()) as ReceivedMessage[],
  };
}

/** Sends as web-push does. @param options of the message, or another sender */
async function send(
  subscription: { endpoint: string; keys: SubscriptionKeys },
  text: string,
  options?: RequestOptions,
) {
  const request = webPush.generateRequestDetails(subscription, text, { vapidDetails: sender, ...options });
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  delete headers['Content-Length'];
  const { status } = await fetch(request.endpoint, {
    method: 'POST',
    headers,
    body: new Uint8Array(request.body ?? []),
  });
  return status;
}

test('a message is decrypted and shown as text, with how long and how urgently it is delivered', async () => {
  const { subscribe, messages, page } = await sandbox();
  const subscription = await subscribe();
  const text = JSON.stringify({ title: '<b>Grüße</b>', body: 'नमस्ते' });
  expect(await send(subscription, text, { TTL: 60, urgency: 'high', topic: 'greeting' })).toBe(201);
  expect(await messages(subscription.id)).toMatchObject([
    { text, ttl: 60, urgency: 'high', topic: 'greeting', sender: 'mailto:push@marquee.test' },
  ]);
  expect(await page()).toContain('&lt;b&gt;Grüße&lt;/b&gt;: नमस्ते');
  expect(await page(`/?subscription=${subscription.id}`)).toContain('नमस्ते');
  expect(await page('/?subscription=another')).not.toContain('नमस्ते');
});

test('who cannot prove who sends, or encrypts for another browser, is refused', async () => {
  const { subscribe, messages } = await sandbox();
  const [subscription, other] = [await subscribe(), await subscribe()];
  const forOther = { ...subscription, keys: other.keys };
  expect(await send(forOther, 'hello')).toBe(400);
  const stranger = createECDH('prime256v1');
  stranger.generateKeys();
  const forged = { ...sender, publicKey: stranger.getPublicKey('base64url') };
  expect(await send(subscription, 'hello', { vapidDetails: forged })).toBe(403);
  expect(await messages(subscription.id)).toEqual([]);
});

test('it answers as it is asked to', async () => {
  const { subscribe, answer, unsubscribe, messages, url } = await sandbox();
  const subscription = await subscribe();
  const { id } = subscription;
  await answer(id, { status: 500 });
  expect(await send(subscription, 'hello')).toBe(500);
  await answer(id, { maxBytes: 200 });
  expect([await send(subscription, 'x'.repeat(200)), await send(subscription, 'hello')]).toEqual([413, 201]);
  await unsubscribe(id);
  expect(await send(subscription, 'hello')).toBe(410);
  expect(await send({ ...subscription, endpoint: `${url}/push/unknown` }, 'hello')).toBe(404);
  expect(await messages(id)).toHaveLength(1);
});
