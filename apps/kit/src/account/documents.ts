import type { TypedDocumentNode } from '@apollo/client';
import type { DocumentNode } from 'graphql';

type NoVariables = Readonly<Record<string, never>>;

interface Challenge {
  readonly challengeId: string;
  readonly options: unknown;
}

/** The registered operations with which an application signs people in. */
export interface SignInDocuments {
  readonly login: DocumentNode;
  readonly answerSecondFactor: DocumentNode;
  readonly startPasskeyLogin: TypedDocumentNode<{ readonly startPasskeyLogin: Challenge | null }, NoVariables>;
  readonly finishPasskeyLogin: DocumentNode;
}

interface IdentityMethods {
  readonly viewer: {
    readonly email: string | null;
    readonly secondFactors: readonly string[] | null;
    readonly passkeys: readonly { readonly id: string }[] | null;
  } | null;
}

/** The registered operations with which a signed-in person confirms who they are. */
export interface IdentityDocuments extends Pick<SignInDocuments, 'startPasskeyLogin'> {
  readonly methods: TypedDocumentNode<IdentityMethods, NoVariables>;
  readonly confirmIdentity: DocumentNode;
}

/** The answer to a sign-in, whichever way it was. */
export interface SignInAnswer {
  readonly __typename?: string;
  readonly accessToken?: string;
  readonly challengeId?: string;
  readonly message?: string;
}
