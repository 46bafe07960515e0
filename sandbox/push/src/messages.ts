/** A message as a browser gets it. */
export interface ReceivedMessage {
  readonly id: string;
  readonly subscription: string;
  /** Decrypted. */
  readonly text: string;
  /** The encrypted length. */
  readonly bytes: number;
  /** Seconds for which the service would keep it for a browser that is away. */
  readonly ttl: number;
  readonly urgency: string;
  /** Replaces what it keeps of the same topic; null without one. */
  readonly topic: string | null;
  /** The sender's contact. */
  readonly sender: string;
  readonly receivedAt: Date;
}

const MAX_MESSAGES = 500;

/** The latest messages, in memory. */
export class Messages {
  #messages: ReceivedMessage[] = [];

  add(message: ReceivedMessage): void {
    this.#messages = [message, ...this.#messages].slice(0, MAX_MESSAGES);
  }

  /** Newest first. @param subscription an id; absent for all */
  list(subscription?: string): ReceivedMessage[] {
    return this.#messages.filter((message) => subscription === undefined || message.subscription === subscription);
  }
}
