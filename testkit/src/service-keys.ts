import {
  newServiceKey,
  publicPart,
  type ServiceKey,
  serviceSigner,
  type ServiceTokenPurpose,
  type SignServiceCall,
} from '@marquee/identity';

export interface TestServiceKeys {
  /** The public keys of all services. */
  readonly keys: () => readonly ServiceKey[];
  /** Makes a key of a service, and signs with it. @param purpose by default `call` */
  signerOf(service: string, purpose?: ServiceTokenPurpose): SignServiceCall;
}

/** The keys of a deployment's services, in memory. */
export function testServiceKeys(): TestServiceKeys {
  let published: readonly ServiceKey[] = [];
  return {
    keys: () => published,
    signerOf: (name, purpose = 'call') => {
      const own = [newServiceKey(name, 0)];
      published = [...published, ...own.map(publicPart)];
      return serviceSigner({ name, purpose, keys: () => own });
    },
  };
}
