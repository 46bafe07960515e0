/** An entity that another subgraph owns, known here by its id alone. */
export interface EntityReference {
  readonly id: string;
}
