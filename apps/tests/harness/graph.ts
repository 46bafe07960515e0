import { currentRun } from './run.ts';

/** Runs an operation at the public endpoint, as a client beside the browser. @throws when the answer has errors */
export async function graph<Data>(query: string, variables: object = {}, accessToken?: string): Promise<Data> {
  const response = await fetch(`${currentRun().origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(accessToken && { authorization: `Bearer ${accessToken}` }) },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: Data; errors?: { message: string }[] };
  if (errors !== undefined || !data) throw new Error(errors?.map(({ message }) => message).join('; '));
  return data;
}
