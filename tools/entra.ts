import { az, keep } from './entra/az.ts';
import { API, APP_ROLES, roleId } from './entra/registration.ts';

interface Registration {
  /** Of the registration itself. */
  readonly id: string;
  /** The client id. */
  readonly appId: string;
}

/** The environment of an azd hook. */
const env = (name: string): string => process.env[name] ?? '';

function needed(name: string): string {
  const value = env(name);
  if (value === '') throw new Error(`${name} is not set; azd sets it for its hooks`);
  return value;
}

/** The registration of this environment, made or brought to what it should be: a second run changes nothing. */
function registration(): Registration {
  const name = `vmss-rollout (${needed('AZURE_ENV_NAME')})`;
  const found = az('ad', 'app', 'list', '--filter', `displayName eq '${name}'`) as readonly Registration[];
  if (found.length > 1)
    throw new Error(`there are ${found.length} registrations called ${name}: name one in AUTH_CLIENT_ID`);
  const audience = ['--sign-in-audience', 'AzureADMyOrg'];
  const app = found[0] ?? (az('ad', 'app', 'create', '--display-name', name, ...audience) as Registration);
  const set = [`api=${JSON.stringify(API)}`, `appRoles=${JSON.stringify(APP_ROLES)}`];
  az('ad', 'app', 'update', '--id', app.appId, '--identifier-uris', `api://${app.appId}`, '--set', ...set);
  return app;
}

interface Principal {
  readonly id: string;
}

/** The registration's principal in the tenant. Only who was given a role there gets a token at all. */
function principalOf({ appId }: Registration): Principal {
  const found = az('ad', 'sp', 'list', '--filter', `appId eq '${appId}'`) as readonly Principal[];
  const principal = found[0] ?? (az('ad', 'sp', 'create', '--id', appId) as Principal);
  az('ad', 'sp', 'update', '--id', principal.id, '--set', 'appRoleAssignmentRequired=true');
  return principal;
}

/** Whoever deploys is the first admin: else nobody could sign in. */
function makeAdmin({ id: resourceId }: Principal): void {
  const graph = az('cloud', 'show', '--query', 'endpoints.microsoftGraphResourceId') as string;
  const user = az('ad', 'signed-in-user', 'show') as Principal;
  const url = `${graph.replace(/\/$/, '')}/v1.0/servicePrincipals/${resourceId}/appRoleAssignedTo`;
  const { value } = az('rest', '--method', 'GET', '--url', url) as {
    readonly value: readonly { readonly principalId: string; readonly appRoleId: string }[];
  };
  const appRoleId = roleId('admin');
  if (value.some((given) => given.principalId === user.id && given.appRoleId === appRoleId)) return;
  az(
    'rest',
    '--method',
    'POST',
    '--url',
    url,
    '--body',
    JSON.stringify({ principalId: user.id, resourceId, appRoleId }),
  );
}

/** Before anything is provisioned: the client id is a parameter of the deployment. */
function before(): void {
  const app = registration();
  makeAdmin(principalOf(app));
  keep('AUTH_CLIENT_ID', app.appId);
  keep('AUTH_REGISTRATION', 'own');
  console.log(`app registration ${app.appId}`);
}

/** When identity and app are there: one may sign in as the registration, the other is where browsers come back to. */
function after(): void {
  const appId = needed('AUTH_CLIENT_ID');
  const subject = needed('IDENTITY_PRINCIPAL_ID');
  const back = `${needed('SERVICE_API_URL')}/.auth/login/aad/callback`;
  az('ad', 'app', 'update', '--id', appId, '--web-redirect-uris', back, '--enable-id-token-issuance', 'true');
  const login = az('cloud', 'show', '--query', 'endpoints.activeDirectory') as string;
  const issuer = `${login.replace(/\/$/, '')}/${needed('AZURE_TENANT_ID')}/v2.0`;
  const credentials = az('ad', 'app', 'federated-credential', 'list', '--id', appId) as readonly {
    readonly subject: string;
    readonly issuer: string;
  }[];
  if (credentials.some((one) => one.subject === subject && one.issuer === issuer)) return;
  const credential = {
    name: `identity-${subject}`,
    issuer,
    subject,
    audiences: ['api://AzureADTokenExchange'],
  };
  az(
    'ad',
    'app',
    'federated-credential',
    'create',
    '--id',
    appId,
    '--parameters',
    JSON.stringify(credential),
  );
}

const STEPS: Readonly<Record<string, () => void>> = { before, after };

const step = STEPS[process.argv[2] ?? ''];
try {
  if (step === undefined) throw new Error('say before or after');
  // Somebody else looks after a registration that the environment named before this has run.
  if (env('AUTH_CLIENT_ID') !== '' && env('AUTH_REGISTRATION') !== 'own')
    console.log(`app registration ${env('AUTH_CLIENT_ID')} is left as it is`);
  else step();
} catch (error) {
  console.error(
    `the app registration is not ready: ${error instanceof Error ? error.message : String(error)}`,
  );
  process.exitCode = 1;
}
