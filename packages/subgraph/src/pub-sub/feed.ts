/**
 * The changes of one thing, such as a seat map, of which each has a version that the database decided.
 *
 * Messages announce versions; they may be lost or repeated. A feed's events only go forward: a version that an earlier
 * event has overtaken is left out, and what was missed is read again.
 *
 * @typeParam RootValue - an object with the subscription's field, such as `{ seatMapChanged: … }`
 */
export interface Feed<Message, RootValue extends object> {
  readonly channel: string;
  /** The version when the subscription was requested. */
  readonly version: number;
  /** Whether each version is pushed, so that a jump means that one is missing. */
  readonly isGapless?: boolean;
  eventOf(message: Message): RootValue | Promise<RootValue>;
  /** Events that bring a client up to date that knows `version`, oldest first. Those that it knows are left out. */
  missedSince(version: number): Promise<readonly RootValue[]>;
  versionOf(rootValue: RootValue): number;
  /** Whether the subscriber may see an event; all by default. One that they may not only moves the version on. */
  isShown?(rootValue: RootValue): boolean;
}

/** A subscription that the gateway opens; when it reopens one, with the version of the last event. */
export interface Resume {
  readonly after?: number | undefined;
}
