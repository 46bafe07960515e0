/** A mail as it arrived. */
export interface ReceivedMail {
  readonly id: string;
  readonly from: string;
  /** The addresses of the envelope, in lower case. */
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** The HTML part; null when there is none. */
  readonly html: string | null;
  /** Each header as it came, by its name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly receivedAt: Date;
}

const MAX_MAILS = 500;

/** The latest mails, in memory: a sandbox's inbox ends with its process. */
export class Inbox {
  #mails: ReceivedMail[] = [];

  add(mail: ReceivedMail): void {
    this.#mails = [mail, ...this.#mails].slice(0, MAX_MAILS);
  }

  /** Newest first. @param to an address in any case; absent for all */
  list(to?: string): ReceivedMail[] {
    const address = to?.toLowerCase();
    return this.#mails.filter((mail) => address === undefined || mail.to.includes(address));
  }

  find(id: string): ReceivedMail | undefined {
    return this.#mails.find((mail) => mail.id === id);
  }
}
