/** The program that signs people in by this provider. */
export interface SandboxClient {
  readonly id: string;
  readonly secret: string;
  readonly redirectUris: readonly string[];
}
