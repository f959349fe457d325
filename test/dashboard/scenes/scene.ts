import type { Page } from 'playwright-core';
import { startIssuer } from '../../../local/issuer/server.ts';
import { AUDIENCE, TENANT } from '../../../local/issuer/tokens.ts';
import { entraIdentity } from '../../../src/functions/identity.ts';
import { createVerifier } from '../../../src/identity/token.ts';
import { bindIdentity } from '../../lab/bound-app.ts';
import { scaleSetId, SUBSCRIPTION } from '../../lab/lab.ts';
import type { PageLab } from '../support/page-lab.ts';

/** A page in one of its states. */
export interface Shot {
  /** `page-state`. */
  readonly name: string;
  readonly path: string;
  /** Of the wide pictures. */
  readonly height?: number;
  /** What somebody does before. */
  readonly before?: (page: Page) => Promise<void>;
}

export type Take = (place: PageLab, shot: Shot) => Promise<void>;

/** Brings the app into some states, and takes the pictures of each. */
export type Scene = (shoot: Take) => Promise<void>;

export const MINUTE = 60_000;

export const setPath = (name: string): string => `/scale-sets/${SUBSCRIPTION}/rollout/${name}`;
export const newPath = (name: string): string =>
  `/new?${new URLSearchParams({ scaleSet: scaleSetId(name) }).toString()}`;

/** What somebody sees who has these roles only; without any, who is signed in and may see nothing. */
export async function shootAs(
  place: PageLab,
  roles: readonly string[] | 'nobody',
  shots: () => Promise<void>,
): Promise<void> {
  const issuer = await startIssuer(0);
  bindIdentity(entraIdentity(createVerifier({ authority: issuer.url, tenant: TENANT, audience: AUDIENCE })));
  if (roles !== 'nobody') {
    place.session = await issuer.signer.sign(`${issuer.url}/${TENANT}/v2.0`, { user: 'victor', roles });
  }
  await shots();
  place.session = undefined;
  bindIdentity(undefined);
  await issuer.close();
}
