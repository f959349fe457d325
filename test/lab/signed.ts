import { startIssuer } from '../../local/issuer/server.ts';
import { AUDIENCE, TENANT } from '../../local/issuer/tokens.ts';
import type { Subject } from '../../local/issuer/tokens.ts';
import { entraIdentity } from '../../src/functions/identity.ts';
import { createVerifier } from '../../src/identity/token.ts';
import { bindIdentity } from './bound-app.ts';
import type { Lab, Reply } from './lab.ts';

/** From here on only signed tokens say who sends a request. */
export interface Tokens extends AsyncDisposable {
  sign(subject: Subject): Promise<string>;
  ask(lab: Lab, bearer: string, method: string, path: string, body?: unknown): Promise<Reply>;
  /** Lets the lab itself ask again, as whoever is signed in there; or tokens again. */
  bind(isBound: boolean): void;
}

export async function startTokens(): Promise<Tokens> {
  const issuer = await startIssuer(0);
  const identity = entraIdentity(
    createVerifier({ authority: issuer.url, tenant: TENANT, audience: AUDIENCE }),
  );
  bindIdentity(identity);
  return {
    sign: (subject) => issuer.signer.sign(`${issuer.url}/${TENANT}/v2.0`, subject),
    ask: (lab, bearer, method, path, body) =>
      lab.call(method, path, body, { authorization: `Bearer ${bearer}` }),
    bind: (isBound) => bindIdentity(isBound ? identity : undefined),
    async [Symbol.asyncDispose]() {
      bindIdentity(undefined);
      await issuer.close();
    },
  };
}
