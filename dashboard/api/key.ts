const KEPT_AS = 'vmss-rollout function key';

/** The header of a function key, where somebody has entered one. Only this tab has it, and only until it is closed. */
export function keyHeader(): Readonly<Record<string, string>> {
  const key = sessionStorage.getItem(KEPT_AS);
  return key === null ? {} : { 'x-functions-key': key };
}

export function keepKey(key: string): void {
  sessionStorage.setItem(KEPT_AS, key);
}
