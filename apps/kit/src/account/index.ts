export type { IdentityDocuments, SignInAnswer, SignInDocuments } from './documents.ts';
export { Form } from './form.tsx';
export { Identity } from './identity.tsx';
export { ownPath, signInPath } from './next.ts';
export { knowsPasskeys } from './passkey.ts';
export { isRoleName, type RoleName, roleTexts } from './role-texts.ts';
export { SignInForm, type SignInFormProps } from './sign-in-form.tsx';
export { useSignOut } from './sign-out.ts';
export { useSignIn } from './use-sign-in.ts';
