import { SECRET_MARK } from '../model/delta.ts';
import type { PropertyChange } from '../model/delta.ts';
import type { Json } from '../model/model.ts';
import { hiddenTexts } from '../model/secrets.ts';
import { textsIn } from './blot.ts';
import type { RolloutSpec } from './spec.ts';

/** What may be sent to Azure once and be kept nowhere: values by the path of their property. */
export type Secrets = Readonly<Record<string, Json>>;

/** A spec as it may be written down, and what was taken out of it. */
export function hideSecrets(spec: RolloutSpec): { readonly spec: RolloutSpec; readonly secrets: Secrets } {
  const secrets: Record<string, Json> = {};
  const { extensions, osProfile } = spec.change;
  const change = { ...spec.change };
  if (extensions !== undefined) {
    change.extensions = extensions.map((extension) => {
      if (extension.protectedSettings === undefined) return extension;
      secrets[`extensions.${extension.name}.protectedSettings`] = extension.protectedSettings;
      return { ...extension, protectedSettings: {} };
    });
  }
  if (osProfile !== undefined) {
    const hidden = { ...osProfile };
    for (const field of ['customData', 'adminPassword'] as const) {
      const value = osProfile[field];
      if (value === undefined) continue;
      secrets[`osProfile.${field}`] = value;
      hidden[field] = SECRET_MARK;
    }
    change.osProfile = hidden;
  }
  return { spec: { ...spec, change }, secrets };
}

/** A change with its secret put in, last thing before it is sent. */
export function revealed(change: PropertyChange, secrets: Secrets): PropertyChange {
  if (change.isSecret !== true) return change;
  const field = change.path.slice(change.path.lastIndexOf('.') + 1);
  const name =
    change.extension === undefined ? `osProfile.${field}` : `extensions.${change.extension}.${field}`;
  const after = secrets[name];
  if (after === undefined) throw new Error(`the secret ${name} is gone`);
  return { ...change, after };
}

/** Texts that nobody is to read: what is kept apart, and keys and signatures among what the spec asks for. */
export function secretTexts({ change }: RolloutSpec, secrets: Secrets): readonly string[] {
  const apart = Object.values(secrets).flatMap((secret) => textsIn(secret));
  return [...apart, ...hiddenTexts(change as unknown as Json)];
}

/** Whether something was taken out of this spec and is kept elsewhere. */
export function hidesSecrets({ change }: RolloutSpec): boolean {
  const { customData, adminPassword } = change.osProfile ?? {};
  const isProtected = change.extensions?.some(({ protectedSettings }) => protectedSettings !== undefined);
  return customData !== undefined || adminPassword !== undefined || isProtected === true;
}
