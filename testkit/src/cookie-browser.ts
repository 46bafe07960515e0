/** Follows redirects as a browser does, and keeps cookies by host: those of 127.0.0.1 reach all of its ports. */
export class CookieBrowser {
  readonly #cookies = new Map<string, string>();

  /** The first address that is where one wants to be. @param form sent to the first @throws after 20 redirects */
  async follow(url: string, isThere: (address: string) => boolean, form?: Record<string, string>): Promise<string> {
    let address = url;
    let body = form && new URLSearchParams(form);
    for (let step = 0; step < 20; step += 1) {
      const response = await fetch(address, {
        ...(body && { method: 'POST', body }),
        ...{ redirect: 'manual', headers: { cookie: this.#header(), connection: 'close' } },
      });
      body = undefined;
      for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
      const location = response.headers.get('location');
      if (location === null) throw new Error(`${address} answered ${response.status}: ${await response.text()}`);
      address = new URL(location, address).href;
      if (isThere(address)) return address;
    }
    throw new Error(`${url} leads nowhere`);
  }

  /** The page at an address. */
  async read(address: string): Promise<string> {
    const response = await fetch(address, { headers: { cookie: this.#header(), connection: 'close' } });
    return response.text();
  }

  #keep(cookie: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (value === '' || /expires=Thu, 01 Jan 1970/i.test(cookie)) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }

  #header(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}
