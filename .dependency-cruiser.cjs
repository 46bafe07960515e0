/**
 * The rules of who may import whom; `npm run check` holds them. Why they are so: docs/architecture.md.
 */
/** Transport, storage and cryptography. */
const OUTSIDE = [
  '(^|/)node_modules/(graphql|graphql-[^/]+|@apollo|@prisma|pg|ioredis|fastify|undici|argon2|@node-rs|jose|otpauth)/',
  '^(node:)?(crypto|fs|http|https)(/|$)',
];

/** The gateway's folders from the ground up: a folder imports only from those before it. */
const GATEWAY_LAYERS = [
  'operation',
  'request',
  'telemetry',
  'transports',
  'supergraph',
  'authorization',
  'policies',
  'executor',
  'planning',
  'engine',
  'protection',
  'usage',
  'pipeline',
  'subscriptions',
  'server',
];

/** The phases of the gateway's executor, and the phases that each may import. What compiles them stands on top. */
const EXECUTOR_PHASES = { plan: [], run: [], errors: ['run'], fetch: ['run', 'errors'], write: ['run'] };

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-unresolvable',
      comment: 'An import that leads nowhere. The compiler of mail templates installs its own dependencies.',
      severity: 'error',
      from: { pathNot: '^packages/mail/templates/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'no-circles',
      comment: 'Files that import each other are one file in two pieces, also where only types are imported.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'subgraphs-are-apart',
      comment: 'Subgraphs meet in the supergraph and over events only, so that each can be deployed by itself.',
      severity: 'error',
      from: { path: '^subgraphs/([^/]+)/' },
      to: { path: '^subgraphs/([^/]+)/', pathNot: '^subgraphs/$1/' },
    },
    {
      name: 'packages-know-no-subgraph',
      comment: 'Shared code has no domain words in it; only what composes the whole stack knows the subgraphs.',
      severity: 'error',
      from: { path: '^(packages|gateway)/' },
      to: { path: '^subgraphs/' },
    },
    {
      name: 'subgraphs-and-packages-know-no-gateway',
      comment: 'The gateway stands in front of everything; only what composes the whole stack starts it.',
      severity: 'error',
      from: { path: '^(packages|subgraphs)/' },
      to: { path: '^gateway/' },
    },
    ...GATEWAY_LAYERS.map((layer, index) => ({
      name: `gateway-${layer}-imports-only-from-below`,
      comment: 'The gateway stands in layers (gateway/README.md), so that each is read without those above it.',
      severity: 'error',
      from: { path: `^gateway/src/${layer}/` },
      to: { path: '^gateway/src/', pathNot: `^gateway/src/(${GATEWAY_LAYERS.slice(0, index + 1).join('|')})/` },
    })),
    {
      name: 'gateway-folders-are-layers',
      comment: 'A new folder of the gateway takes its place in the list of layers.',
      severity: 'error',
      from: { path: '^gateway/' },
      to: { path: '^gateway/src/[^/]+/', pathNot: `^gateway/src/(${GATEWAY_LAYERS.join('|')})/` },
    },
    {
      name: 'domain-is-pure',
      comment: 'Entities and rules import no library of storage, transport, HTTP or cryptography.',
      severity: 'error',
      from: { path: '^subgraphs/[^/]+/src/domain/', pathNot: '[.]test[.]ts$' },
      to: { path: [...OUTSIDE, '^prisma/', '/src/(resolvers|use-cases|adapters|generated)/'] },
    },
    {
      name: 'use-cases-are-given-what-they-need',
      comment: 'A use case knows the domain and its ports, never what implements them.',
      severity: 'error',
      from: { path: '^subgraphs/[^/]+/src/use-cases/', pathNot: '[.]test[.]ts$' },
      to: { path: [...OUTSIDE, '^prisma/', '/src/(resolvers|adapters|generated)/'] },
    },
    {
      name: 'only-adapters-know-the-outside',
      comment: 'Storage, HTTP and cryptography are the business of adapters/, and of what wires them up.',
      severity: 'error',
      from: {
        path: '^subgraphs/[^/]+/src/',
        pathNot: ['/src/adapters/', '[.]test[.]ts$', '/src/(subgraph|deps)[.]ts$', '/src/seed([.]ts$|/)'],
      },
      to: { path: ['^prisma/', '(^|/)node_modules/(@prisma|pg|ioredis|argon2|@node-rs|jose|otpauth|undici)/'] },
    },
    {
      name: 'adapters-point-inwards',
      comment: 'An adapter implements a port of the domain; it knows nothing of GraphQL.',
      severity: 'error',
      from: { path: '/src/adapters/' },
      to: { path: ['/src/(resolvers|use-cases|generated)/', '(^|/)node_modules/graphql/'] },
    },
    {
      name: 'resolvers-only-translate',
      comment: 'Resolvers go through use cases and ports, never around them to the database.',
      severity: 'error',
      from: { path: '^subgraphs/[^/]+/src/resolvers/' },
      to: { path: ['/adapters/', '^prisma/'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'databases-are-their-own-domains',
      comment: 'A domain reads another domain’s data by its events or through the supergraph.',
      severity: 'error',
      from: { path: '^(?:subgraphs|packages)/([^/]+)/' },
      to: { path: `^prisma/`, pathNot: '^prisma/$1/' },
    },
    {
      name: 'packages-are-the-ground-floor',
      comment: 'What ships in packages/ imports nothing that stands above it.',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/', pathNot: '[.]test[.]ts$' },
      to: { path: '^(bench|gateway|prisma|sandbox|schema|stack|subgraphs|testkit)/' },
    },
    {
      name: 'only-the-top-composes',
      comment: 'The stack and the testkit stand on everything; nothing that ships stands on them.',
      severity: 'error',
      from: { path: '^(gateway|packages|sandbox|schema|subgraphs)/[^/]*/?src/', pathNot: '[.]test[.]ts$' },
      to: { path: '^(stack|testkit)/' },
    },
    ...Object.entries(EXECUTOR_PHASES).map(([phase, below]) => ({
      name: `executor-${phase}-keeps-its-place`,
      comment: 'A plan is made, its fetches run, the response is written: phases meet in what compiles them.',
      severity: 'error',
      from: { path: `^gateway/src/executor/${phase}/` },
      to: { path: '^gateway/src/executor/', pathNot: `^gateway/src/executor/(${[phase, ...below].join('|')})/` },
    })),
    {
      name: 'http1-is-apart',
      comment: 'Our HTTP client knows nothing of the gateway but the interface of a client, and can be taken out.',
      severity: 'error',
      from: { path: '^gateway/src/transports/http1/' },
      to: { path: '^gateway/src/', pathNot: ['^gateway/src/transports/http1/', '/transports/http-client[.]ts$'] },
    },
    {
      name: 'http1-is-behind-its-interface',
      comment: 'Only the HTTP transport picks a client.',
      severity: 'error',
      from: { path: '^gateway/src/', pathNot: ['^gateway/src/transports/http1/', '/transports/http[.]ts$'] },
      to: { path: '^gateway/src/transports/http1/' },
    },
    {
      name: 'applications-are-clients',
      comment:
        'The applications know the public schema and the languages; what they need else they ask the endpoint for.',
      severity: 'error',
      from: { path: '^apps/', pathNot: '^apps/tests/' },
      to: {
        path: '^(bench|gateway|packages|prisma|sandbox|schema|stack|subgraphs|testkit)/',
        pathNot: '^packages/messages/src/languages[.]ts$',
      },
    },
    {
      name: 'nothing-knows-the-applications',
      comment: 'The backend serves any client; the stack knows the folders of the applications, no code of theirs.',
      severity: 'error',
      from: { path: '^(gateway|packages|prisma|sandbox|schema|stack|subgraphs|testkit)/' },
      to: { path: '^apps/' },
    },
    {
      name: 'applications-are-apart',
      comment: 'The two share the kit, which knows neither.',
      severity: 'error',
      from: { path: '^apps/(storefront|backoffice|kit)/' },
      to: { path: '^apps/(storefront|backoffice|tests)/', pathNot: '^apps/$1/' },
    },
    {
      name: 'pages-are-their-part’s-own',
      comment:
        'Parts share components and hooks. A page of another part is a link, so that it is loaded when it is opened.',
      severity: 'error',
      from: { path: '^apps/(storefront|backoffice)/src/([^/]+)/', pathNot: '/routes[.]ts$' },
      to: { path: '^apps/$1/src/[^/]+/.*-page[.]tsx$', pathNot: '^apps/$1/src/$2/' },
    },
    {
      name: 'tests-are-not-imported',
      comment: 'Shipped code does not lean on tests or on the testkit.',
      severity: 'error',
      from: { path: '/src/', pathNot: ['[.]test[.]ts$', '^testkit/'] },
      to: { path: ['[.]test[.]ts$', '/test/', '^testkit/'] },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '/generated/'] },
    exclude: { path: '[.]marquee/|^apps/[^/]+/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
    },
    skipAnalysisNotInRules: true,
  },
};
