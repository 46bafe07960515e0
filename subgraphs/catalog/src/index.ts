export { seedCatalog, type SeedCatalogDeps, type SeededCatalog } from './seed/seed-catalog.ts';
export { buildCatalog, type CatalogDeps } from './subgraph.ts';
