/** Something done or looked at by virtue of a role. */
export interface AuditRecord {
  /** The event that told of it. */
  readonly eventId: string;
  readonly at: Date;
  /** The subgraph in which it happened. */
  readonly domain: string;
  readonly actorId: string;
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly detail: string | null;
}

/** A record with its place in the chain: numbers begin with 1 and have no gaps. */
export interface AuditEntry extends AuditRecord {
  readonly seq: number;
}
