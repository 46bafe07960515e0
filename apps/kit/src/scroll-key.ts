import type { Location } from 'react-router';

/** By which a place on a page is remembered. The first page of a document has no key, so its address counts. */
export const scrollKey = ({ key, pathname, search }: Location): string => (key === 'default' ? pathname + search : key);
