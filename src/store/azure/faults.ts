interface Failure {
  readonly status?: number;
  readonly code?: string;
}

/** What a storage client's error says: the HTTP status, when there was an answer, and the service's code. */
function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return {};
  const { statusCode, code, details } = error as Error & {
    readonly statusCode?: number;
    readonly code?: string;
    readonly details?: { readonly errorCode?: string; readonly odataError?: { readonly code?: string } };
  };
  const serviceCode = details?.odataError?.code ?? details?.errorCode ?? code;
  return {
    ...(statusCode !== undefined && { status: statusCode }),
    ...(serviceCode !== undefined && { code: serviceCode }),
  };
}

/** Runs a call of a storage client; `undefined` for the refusals named, every other failure is thrown. */
export async function unless<T>(
  refusals: Readonly<Record<number, readonly string[]>>,
  call: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    const { status, code } = failureOf(error);
    if (status !== undefined && code !== undefined && refusals[status]?.includes(code)) return undefined;
    throw error;
  }
}

/**
 * Sends a write once. When its answer is lost, `readBack` tells whether it took effect; if that cannot be seen, the
 * write may still be under way, and the failure is thrown. Sending it again would meet its own effect and report a
 * conflict with nobody.
 */
export async function writeOnce<T>(
  write: () => Promise<T>,
  readBack: () => Promise<T | undefined>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const { status } = failureOf(error);
    const isOpen = status === undefined || status === 408 || status >= 500;
    const effect = isOpen ? await readBack().catch(() => undefined) : undefined;
    if (effect === undefined) throw error;
    return effect;
  }
}

/** Makes something once per process, at its first use; after a failure the next use tries again. */
export function once(make: () => Promise<unknown>): () => Promise<void> {
  let made: Promise<unknown> | undefined;
  return async () => {
    made ??= make();
    try {
      await made;
    } catch (error) {
      made = undefined;
      throw error;
    }
  };
}
