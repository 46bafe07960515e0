export { databaseNames } from './databases.ts';
export { openSubgraphs } from './open-subgraphs.ts';
export {
  openSandboxProvider,
  SANDBOX_MAIL,
  SANDBOX_PROVIDER,
  SANDBOX_PUSH,
  startSandboxMail,
  startSandboxPush,
  startSandboxSignIn,
  webhookUrlAt,
} from './sandbox.ts';
export { loadEventCatalogue, loadSubgraphs, signerOf, subgraphNames } from './subgraphs.ts';
export { type RunningSupergraph, startSupergraph, type SupergraphOptions } from './supergraph.ts';
export { type Teardown, teardown } from './teardown.ts';
