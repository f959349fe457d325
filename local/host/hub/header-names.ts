/**
 * Headers of an answer that .NET's client knows, in its spelling; `Location` and `Retry-After` were measured on 3.19.0,
 * the others are from that client's sources.
 */
const KNOWN = [
  'Accept-Patch',
  'Accept-Ranges',
  'Access-Control-Allow-Credentials',
  'Access-Control-Allow-Headers',
  'Access-Control-Allow-Methods',
  'Access-Control-Allow-Origin',
  'Access-Control-Expose-Headers',
  'Access-Control-Max-Age',
  'Age',
  'Alt-Svc',
  'Cache-Control',
  'Connection',
  'Date',
  'ETag',
  'Keep-Alive',
  'Link',
  'Location',
  'P3P',
  'Pragma',
  'Proxy-Authenticate',
  'Referrer-Policy',
  'Refresh',
  'Retry-After',
  'Server',
  'Set-Cookie',
  'Strict-Transport-Security',
  'Trailer',
  'Transfer-Encoding',
  'Upgrade',
  'Vary',
  'Via',
  'WWW-Authenticate',
  'Warning',
  'X-AspNet-Version',
  'X-Frame-Options',
  'X-Powered-By',
  'X-XSS-Protection',
] as const;

const BY_NAME: ReadonlyMap<string, string> = new Map(KNOWN.map((name) => [name.toLowerCase(), name]));

/** The name under which `callHttp` tells of a header; one that is not known keeps the spelling of the server. */
export function dotnetHeaderName(name: string): string {
  return BY_NAME.get(name.toLowerCase()) ?? name;
}
