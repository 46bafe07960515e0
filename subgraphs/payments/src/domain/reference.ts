/** A booking or a person, of which payments knows the id only. */
export interface Reference {
  readonly id: string;
}
