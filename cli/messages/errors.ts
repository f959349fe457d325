/** How an error is told: once, and with what to do about it. */
export const errors = {
  error: (what: string) => `error: ${what}`,
  whatToDo: (remedy: string) => `what to do: ${remedy}`,
  heldBy: (rolloutId: string | undefined) => `held by rollout ${rolloutId ?? '?'}`,
  wrongFields: (count: number) => `${count} fields are wrong`,
  field: (path: string, why: string) => `${path === '' ? '(spec)' : path}: ${why}`,
};

/** What may be named by less than its id. */
export type Kind = 'rollout' | 'campaign';

/** What was named, and is not there or not one. */
export const found = {
  none: (kind: Kind) => `there are no ${kind}s yet`,
  noneStartsWith: (kind: Kind, named: string, newest: string, meant: string | undefined) =>
    `no ${kind} starts with "${named}"; ${meant === undefined ? '' : `did you mean ${meant}? `}newest: ${newest}`,
  severalStartWith: (
    kind: Kind,
    named: string,
    { count, names }: { readonly count: number; readonly names: readonly string[] },
  ) => `${count} ${kind}s start with "${named}": ${names.join(', ')}${count > names.length ? ', …' : ''}`,
  listed: (id: string, label: string, phase: string) => `${id} (${label}, ${phase})`,
  noScaleSet: (named: string, meant: string | undefined) =>
    `no scale set is called "${named}"; ${meant === undefined ? 'vmss-rollout scale-sets list shows them' : `did you mean ${meant}?`}`,
  severalScaleSets: (named: string, which: readonly string[]) =>
    `${which.length} scale sets are called "${named}"; name one as GROUP/NAME: ${which.join(', ')}`,
  unreadable: (subscriptionId: string, code: string, message: string) =>
    `subscription ${subscriptionId} cannot be read: ${code}: ${message}`,
  noGuardLeft: (named: string) => `no guard was left on ${named}`,
  severalHolders: (ids: readonly string[]) =>
    `several rollouts left guards on it, name one: ${ids.join(', ')}`,
  noLease: (named: string) => `no rollout holds ${named}`,
};
