const PUBLIC_CLOUD = 'https://management.azure.com';

/**
 * Where Azure Resource Manager is reached. Plain http is for a simulator on this machine only: there no credential
 * travels at all.
 */
export interface Endpoint {
  /** Scheme, host and port, without a slash at the end. */
  readonly origin: string;
  readonly isLocal: boolean;
}

export function parseEndpoint(text: string = PUBLIC_CLOUD): Endpoint {
  const url = URL.parse(text);
  if (url === null || url.pathname !== '/' || url.search !== '' || url.username !== '') {
    throw new TypeError('the Azure Resource Manager endpoint must be a URL of scheme and host only');
  }
  const isHttp = url.protocol === 'http:';
  if (!isHttp && url.protocol !== 'https:') throw new TypeError(`${url.protocol} is no endpoint's scheme`);
  if (isHttp && !isLoopback(url.hostname)) {
    throw new TypeError(`http is refused for ${url.host}: only a loopback endpoint may go without TLS`);
  }
  return { origin: url.origin, isLocal: isHttp };
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/**
 * Whether a URL that an answer named may be called with our credential. A next page or an operation elsewhere would
 * hand the token to whoever wrote that answer.
 */
export function isOnEndpoint(text: string, { origin }: Endpoint): boolean {
  // One parser takes it for a slash and the next for part of a name: no URL of the service has one.
  if (text.includes('\\')) return false;
  const url = URL.parse(text);
  return url !== null && url.origin === origin && url.username === '' && url.password === '';
}
