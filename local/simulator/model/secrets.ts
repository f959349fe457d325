import { isObject } from './json.ts';

/** Accepted in a model, never returned and never logged (arm-vmss.md 2.3). */
const SECRETS = new Set(['adminPassword', 'protectedSettings', 'customData', 'userData']);

/** A copy without secrets, at any depth. */
export function withoutSecrets<T>(value: T): T;
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((inner: unknown) => withoutSecrets(inner));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !SECRETS.has(key))
      .map(([key, inner]) => [key, withoutSecrets(inner)]),
  );
}
