const LOOPBACK_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Whether a request names this machine as its host and was not sent by a page of another one. What this host itself
 * offers without a key would else be open to any web page in the user's browser, by a name that leads to the loopback.
 */
export function isLocal(request: Request): boolean {
  const origin = request.headers.get('origin');
  return isLoopback(request.url) && (origin === null || isLoopback(origin));
}

function isLoopback(origin: string): boolean {
  return URL.canParse(origin) && LOOPBACK_NAMES.has(new URL(origin).hostname);
}
