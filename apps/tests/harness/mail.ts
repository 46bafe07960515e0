import { expect } from '@playwright/test';

import { currentRun } from './run.ts';

interface Mail {
  readonly text: string;
}

/** The path of the link in a person's mails that leads to a page, with its secret in the fragment. */
export async function linkTo(page: string, email: string): Promise<string> {
  let link: string | undefined;
  const look = async (): Promise<string | undefined> => {
    const response = await fetch(`${currentRun().mailUrl}/mails.json?to=${encodeURIComponent(email)}`);
    const mails = (await response.json()) as readonly Mail[];
    const links = mails.flatMap(({ text }) => text.match(/https?:\/\/\S+/g) ?? []);
    link = links.find((each) => new URL(each).pathname === page);
    return link;
  };
  await expect.poll(look, { message: `a mail to ${email} that leads to ${page}`, timeout: 30_000 }).toBeDefined();
  const { pathname, search, hash } = new URL(link ?? '');
  return pathname + search + hash;
}
