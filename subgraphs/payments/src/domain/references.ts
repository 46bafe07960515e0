/** A booking of which only the name is known here. */
export interface BookingReference {
  readonly id: string;
}

/** A person of whom only the name is known here. */
export interface UserReference {
  readonly id: string;
}
