const FRAGMENTS = `
  fragment User on User { id username name }
  fragment Review on Review { id body }
  fragment Product on Product { inStock name price shippingEstimate upc weight }
`;

/** The same, with arguments from variables, so that every fetch of TestQuery carries them. */
const VARIED_FRAGMENTS = `
  fragment User on User { id username name(locale: $locale) }
  fragment Review on Review { id body(locale: $locale) }
  fragment Product on Product { inStock(warehouse: $warehouse) name(locale: $locale) price shippingEstimate upc weight }
`;

const TEST_SELECTION = `{
  users {
    ...User
    reviews {
      ...Review
      product {
        ...Product
        reviews {
          ...Review
          author { ...User reviews { ...Review product { ...Product } } }
        }
      }
    }
  }
  topProducts {
    ...Product
    reviews {
      ...Review
      author { ...User reviews { ...Review product { ...Product } } }
    }
  }
}`;

const SMALL_QUERY = 'query SmallQuery { topProducts(first: 3) { upc name price reviews { id body } } }';

const ADD_REVIEW = `mutation AddReview($input: AddReviewInput!) {
  addReview(input: $input) { review { ...Review author { ...User } product { ...Product } } }
}`;

export interface Workload {
  readonly name: string;
  readonly about: string;
  /** The body of the nth request. All requests have the same length, and so have all responses. */
  readonly body: (n: number) => string;
  readonly isVaried: boolean;
}

const fixed = (name: string, about: string, query: string, variables?: object): Workload => {
  const body = JSON.stringify({ query, variables });
  return { name, about, body: () => body, isVaried: false };
};

const varied = (): Workload => {
  const query = `query TestQuery($locale: String, $warehouse: ID) ${TEST_SELECTION}${VARIED_FRAGMENTS}`;
  const head = `{"query":${JSON.stringify(query)},"variables":{"locale":"`;
  return {
    name: 'randomised',
    about: 'TestQuery whose variables differ in every request and reach every fetch',
    body: (n) => `${head}${digits(n)}","warehouse":"${digits(n)}"}}`,
    isVaried: true,
  };
};

/** Nine pseudo-random digits, unique for n below a billion. */
function digits(n: number): string {
  return String((n * 387_420_489) % 1_000_000_000).padStart(9, '0');
}

export const WORKLOADS: readonly Workload[] = [
  fixed('test-query', 'TestQuery of graphql-gateways-benchmark', `query TestQuery ${TEST_SELECTION}${FRAGMENTS}`),
  varied(),
  fixed('small', 'a query of two fetches', SMALL_QUERY),
  fixed('mutation', 'a mutation that three fetches complete', ADD_REVIEW + FRAGMENTS, {
    input: { productUpc: '1', body: 'As good as new.' },
  }),
];

/** @throws when there is none */
export function workloadNamed(name: string): Workload {
  const workload = WORKLOADS.find((each) => each.name === name);
  if (!workload) throw new Error(`There is no workload ${name}, only ${WORKLOADS.map((each) => each.name).join(', ')}`);
  return workload;
}
