import { type Answer, buildSandboxPush, type ReceivedMessage, type SubscriptionKeys } from '@marquee/sandbox-push';
import { whenDone } from '@marquee/testkit';
import { expect } from 'vitest';

/** A browser's subscription at the stand-in for a push service. */
export interface Browser {
  /** The input of `registerPushEndpoint`. */
  readonly input: { readonly endpoint: string } & SubscriptionKeys;
  /** Has the service answer otherwise from now on. */
  answer(answer: Answer): Promise<void>;
  unsubscribe(): Promise<void>;
  /** The messages that arrived, decrypted, newest first. */
  messages(): Promise<(ReceivedMessage & { readonly content: PushContent })[]>;
}

export interface PushContent {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly about: object | null;
}

/** A push service of its own. @returns what makes browsers that subscribe to it */
export async function openPushService(): Promise<() => Promise<Browser>> {
  const failures: unknown[] = [];
  const service = buildSandboxPush({ log: { error: (fields) => void failures.push(fields) } });
  whenDone(async () => {
    await service.stop();
    expect(failures).toEqual([]);
  });
  const url = await service.listen();
  const call = async (path: string, method: string, body?: object): Promise<Response> =>
    fetch(new URL(path, url), {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  return async () => {
    const response = await call('/subscriptions', 'POST');
    const { id, endpoint, keys } = (await response.json()) as { id: string; endpoint: string; keys: SubscriptionKeys };
    return {
      input: { endpoint, ...keys },
      answer: async (answer) => void (await call(`/subscriptions/${id}/answer`, 'PUT', answer)),
      unsubscribe: async () => void (await call(`/subscriptions/${id}`, 'DELETE')),
      messages: async () => {
        const received = (await (await call(`/messages.json?subscription=${id}`, 'GET')).json()) as ReceivedMessage[];
        return received.map((message) => ({ ...message, content: JSON.parse(message.text) as PushContent }));
      },
    };
  };
}
