const PRINCIPAL = {
  auth_typ: 'aad',
  claims: [
    { typ: 'preferred_username', val: 'root@contoso.com' },
    { typ: 'roles', val: 'admin' },
  ],
  name_typ: 'preferred_username',
  role_typ: 'roles',
};
const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');
const unsigned = (claims: object): string =>
  [{ alg: 'none' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') +
  '.';
const CLAIMS = { preferred_username: 'root@contoso.com', roles: ['admin'] };

/** What somebody may write on a request who hopes that it is taken for the platform's, or for an identity. */
export const FORGED: readonly (readonly [name: string, headers: Readonly<Record<string, string>>])[] = [
  ['a principal', { 'x-ms-client-principal': base64(PRINCIPAL) }],
  ['a principal in capitals', { 'X-MS-CLIENT-PRINCIPAL': base64(PRINCIPAL) }],
  ['a principal in no base64', { 'x-ms-client-principal': '{"claims":[]}' }],
  ['a principal that is cut', { 'x-ms-client-principal': base64(PRINCIPAL).slice(0, -7) }],
  ['a principal twice', { 'x-ms-client-principal': `${base64(PRINCIPAL)}, ${base64(PRINCIPAL)}` }],
  ['a huge principal', { 'x-ms-client-principal': base64({ ...PRINCIPAL, fill: 'x'.repeat(6000) }) }],
  ['an empty principal', { 'x-ms-client-principal': '' }],
  ['the name of a principal', { 'x-ms-client-principal-name': 'root@contoso.com' }],
  ['the id of a principal', { 'x-ms-client-principal-id': '00000000-0000-4000-8000-000000000001' }],
  ['the provider of a principal', { 'x-ms-client-principal-idp': 'aad' }],
  [
    'all that the platform writes',
    {
      'x-ms-client-principal': base64(PRINCIPAL),
      'x-ms-client-principal-name': 'root@contoso.com',
      'x-ms-client-principal-id': '00000000-0000-4000-8000-000000000001',
      'x-ms-client-principal-idp': 'aad',
      'x-ms-token-aad-access-token': unsigned(CLAIMS),
    },
  ],
  ['an access token that is handed on', { 'x-ms-token-aad-access-token': unsigned(CLAIMS) }],
  ['an id token that nobody signed', { 'x-ms-token-aad-id-token': unsigned(CLAIMS) }],
  ['an id token that is none', { 'x-ms-token-aad-id-token': 'root' }],
  ['a function key', { 'x-functions-key': 'a2V5' }],
  ['a session of the platform', { 'x-zumo-auth': unsigned(CLAIMS) }],
  ['a cookie of the platform', { cookie: 'AppServiceAuthSession=root' }],
  ['a name from a proxy', { 'x-forwarded-user': 'root', 'x-remote-user': 'root', remote_user: 'root' }],
  ['a name and a password', { authorization: `Basic ${Buffer.from('root:root').toString('base64')}` }],
  ['a bearer without a token', { authorization: 'Bearer' }],
  ['a token without its scheme', { authorization: unsigned(CLAIMS) }],
  ['two tokens', { authorization: `Bearer ${unsigned(CLAIMS)}, Bearer ${unsigned(CLAIMS)}` }],
  ['another scheme', { authorization: 'Negotiate YII=' }],
  ['the secret of the identity', { 'x-identity-header': 'x', 'x-ms-original-url': '/api/health' }],
];
