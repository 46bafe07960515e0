export const REGISTER = `mutation ($input: RegisterInput!) { result: register(input: $input) {
  ... on AuthPayload { accessToken refreshToken user { id email displayName } } } }`;
export const LOGIN =
  'mutation ($input: LoginInput!) { result: login(input: $input) { ... on AuthPayload { accessToken refreshToken } } }';
export const HOLD = `mutation ($input: HoldBestAvailableInput!) { result: holdBestAvailable(input: $input) {
  ... on HoldSeatsPayload { hold { id } } } }`;
export const BOOK = `mutation ($input: CreateBookingInput!) { result: createBooking(input: $input) {
  ... on CreateBookingPayload { booking { id } } } }`;
export const PAY = `mutation ($input: PayBookingInput!) { result: payBooking(input: $input) {
  ... on PayBookingPayload { payment { id status } } } }`;
export const TICKETS = 'query ($id: ID!) { result: booking(id: $id) { status tickets { id qrCode } payments { id } } }';

export const VENUE = 'query { result: viewer { bookings(first: 1) { edges { node { show { venue { id } } } } } } }';
export const SAVE_CARD = 'mutation { result: savePaymentMethod(input: { cardToken: "tok_visa" }) { __typename } }';
export const REQUEST_EXPORT = 'mutation { result: requestDataExport { export { id status downloadUrl } } }';
export const EXPORT = 'query ($id: ID!) { result: dataExport(id: $id) { status downloadUrl } }';
export const ERASE = `mutation ($password: String!) { result: deleteMyAccount(password: $password) {
  ... on DeleteMyAccountPayload { erasedUserId } ... on UserError { message } } }`;

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

export interface Booking {
  readonly status: string;
  readonly tickets: readonly { readonly id: string; readonly qrCode: string }[];
  readonly payments: readonly { readonly id: string }[];
}

/** Sends an operation, and returns the field that it calls `result`; undefined when it failed. */
export async function send<Result>(
  endpoint: string,
  document: string,
  { variables = {}, token, browser }: { variables?: object; token?: string | undefined; browser: string },
): Promise<Result> {
  const headers = {
    'content-type': 'application/json',
    'user-agent': browser,
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
  const body = JSON.stringify({ query: document, variables });
  const response = await fetch(endpoint, { method: 'POST', headers, body });
  const { data } = (await response.json()) as { data: { result: Result } | null };
  return data?.result as Result;
}
