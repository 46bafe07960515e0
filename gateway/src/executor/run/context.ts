/** The contextual arguments (`@fromContext`) that entities of one request have in common. */
export interface Context {
  /** Equal for equal arguments; empty without arguments. */
  readonly key: string;
  /** Names in the plan, and values as JSON. */
  readonly variables: readonly (readonly [name: string, json: string])[];
}

export const NO_CONTEXT: Context = { key: '', variables: [] };
