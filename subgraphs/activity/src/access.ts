import { type EntityReference, ownerOnly, withScopeOver } from '@marquee/subgraph';

/** Views and searches of people are theirs alone: no role reads them. */
export const oneself = ownerOnly(({ id }: EntityReference) => id);

/** Who judges cases of risk; each look at a person’s is in the audit log. */
export const riskAnalyst = withScopeOver('risk:read', ({ userId }: { readonly userId: string }) => userId);
