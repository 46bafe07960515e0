export { SignedIn, SignedInPage } from './signed-in.tsx';
