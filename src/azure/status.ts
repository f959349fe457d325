import type { ExtensionSign, Sign } from '../core/instance/instances.ts';
import { unsigned } from '../core/model/secrets.ts';
import { listOf, objectOf, text } from './parts.ts';
import type { Read } from './parts.ts';

/** ARM's InstanceViewStatus. */
export const readStatus = objectOf({
  code: (part) => text(part) ?? '',
  displayStatus: text,
  message: text,
  time: text,
});
export type Status = { readonly code: string } & Omit<Read<typeof readStatus>, 'code'>;

export const readExtension = objectOf({
  name: text,
  type: text,
  statuses: listOf(readStatus),
  substatuses: listOf(readStatus),
});
export type Extension = Read<typeof readExtension>;

/** `ProvisioningState/failed/OSProvisioningTimedOut` in its parts; the first two lower-cased, error codes as sent. */
export function pathOf(code: string): readonly string[] {
  return code.split('/').map((word, depth) => (depth < 2 ? word.toLowerCase() : word));
}

/** The first of that family, which is the first part of its code in lower case. */
export function statusOf(statuses: readonly Status[] = [], family: string): Status | undefined {
  return statuses.find(({ code }) => code.slice(0, slashIn(code)).toLowerCase() === family);
}

export function signOf(status: Status): Sign {
  return { state: stateOf(status.code), ...detailsOf(status) };
}

/** All but the family, as `pathOf` has it; by hand, since a long list has some thousand of them. */
function stateOf(code: string): string {
  const rest = code.slice(slashIn(code) + 1);
  const end = slashIn(rest);
  return rest.slice(0, end).toLowerCase() + rest.slice(end);
}

/** Where the first part of a code ends. */
function slashIn(code: string): number {
  const at = code.indexOf('/');
  return at === -1 ? code.length : at;
}

/** When the service saw it and what it says; Azure's seven fraction digits are cut to milliseconds. */
export function detailsOf({ time, message, displayStatus }: Status): Omit<Sign, 'state'> {
  const at = time === undefined ? Number.NaN : Date.parse(time);
  const words = message ?? displayStatus;
  const said = words === undefined ? {} : { message: unsigned(words) };
  return Number.isNaN(at) ? said : { at, ...said };
}

/** What each extension last reported of itself; one that has reported nothing yet is left out. */
export function extensionsOf(extensions: readonly Extension[] = []): readonly ExtensionSign[] | undefined {
  const signs = extensions.flatMap(({ name, type, statuses }) => {
    const status = statusOf(statuses, 'provisioningstate');
    if (status === undefined) return [];
    const isHealth = reportsHealth({ name, type });
    return [{ ...signOf(status), name: name ?? type ?? 'unnamed', ...(isHealth && { reportsHealth: true }) }];
  });
  return signs.length === 0 ? undefined : signs;
}

/** Whether it is the application health extension, whose substatuses tell how the instance is. */
export function reportsHealth({ name, type }: Pick<Extension, 'name' | 'type'>): boolean {
  return /ApplicationHealth/i.test(type ?? name ?? '');
}
