import address from './reader.ts?worker&url';

interface Policies {
  createPolicy(
    name: string,
    rules: { readonly createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): string };
}

/** What the page's policy asks for wherever a script is named; browsers without it need no leave. */
const { trustedTypes } = globalThis as { readonly trustedTypes?: Policies };

/** The thread that reads for the page. No other script gets leave to run. */
export function startReader(): Worker {
  const leave = trustedTypes?.createPolicy('reader', { createScriptURL: () => address });
  return new Worker(leave?.createScriptURL(address) ?? address, { type: 'module' });
}
