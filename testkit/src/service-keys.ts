import { newServiceKey, publicPart, type ServiceKey, serviceSigner, type SignServiceCall } from '@marquee/identity';

export interface TestServiceKeys {
  /** The public keys of all services. */
  readonly keys: () => readonly ServiceKey[];
  /** Makes the key of a service, and signs with it. */
  signerOf(service: string): SignServiceCall;
}

/** The keys of a deployment's services, in memory. */
export function testServiceKeys(): TestServiceKeys {
  let published: readonly ServiceKey[] = [];
  return {
    keys: () => published,
    signerOf: (name) => {
      const own = [newServiceKey(name, 0)];
      published = [...published, ...own.map(publicPart)];
      return serviceSigner({ name, keys: () => own });
    },
  };
}
