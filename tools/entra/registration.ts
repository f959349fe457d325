import { createHash } from 'node:crypto';

/** The roles that a token may carry, with what they let do; `docs/DEPLOY.md` tells how they are given. */
const ROLES = {
  viewer: 'Sees rollouts, plans and scale sets.',
  requester: 'Starts rollouts and commands them.',
  approver: 'Approves and rejects.',
  operator: 'Ends, retries and takes over what others have started.',
  admin: 'Changes the policy.',
} as const;

/** Signs in without a registration of its own: az, and device codes of Azure's libraries. */
const AZURE_CLI = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';

/** The same id for the same name in every run: a registration that is written twice stays as it is. */
function idOf(name: string): string {
  const hex = createHash('sha256').update(`vmss-rollout ${name}`).digest('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`];
  return [...parts, hex.slice(20, 32)].join('-');
}

const SCOPE = 'user_impersonation';
export const APP_ROLES = Object.entries(ROLES).map(([value, description]) => ({
  id: idOf(`role ${value}`),
  value,
  displayName: value,
  description,
  // People and pipelines alike.
  allowedMemberTypes: ['User', 'Application'],
  isEnabled: true,
}));

export function roleId(value: keyof typeof ROLES): string {
  return idOf(`role ${value}`);
}

/** What the registration says of the API: tokens of version 2, and one scope, which `az login` may ask for. */
export const API = {
  requestedAccessTokenVersion: 2,
  oauth2PermissionScopes: [
    {
      id: idOf(`scope ${SCOPE}`),
      value: SCOPE,
      type: 'User',
      isEnabled: true,
      adminConsentDisplayName: 'Use vmss-rollout',
      adminConsentDescription: 'Use vmss-rollout as the signed-in user.',
      userConsentDisplayName: 'Use vmss-rollout',
      userConsentDescription: 'Use vmss-rollout as you.',
    },
  ],
  preAuthorizedApplications: [{ appId: AZURE_CLI, delegatedPermissionIds: [idOf(`scope ${SCOPE}`)] }],
};
