/** A booking, of which payments knows the id only. */
export interface BookingReference {
  readonly id: string;
}

/** A person, of whom payments knows the id only. */
export interface UserReference {
  readonly id: string;
}
