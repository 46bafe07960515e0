/** Asks the person who they are. @returns whether they have confirmed it */
export type ConfirmIdentity = () => Promise<boolean>;

/** The one prompt of the application; whoever draws it answers. */
export class IdentityPrompt {
  #resolve: ((isConfirmed: boolean) => void) | undefined;
  readonly #listeners = new Set<() => void>();

  get isOpen(): boolean {
    return this.#resolve !== undefined;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  ask: ConfirmIdentity = () => {
    this.#resolve?.(false);
    return new Promise((resolve) => {
      this.#resolve = resolve;
      this.#tell();
    });
  };

  answer(isConfirmed: boolean): void {
    this.#resolve?.(isConfirmed);
    this.#resolve = undefined;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
