import { settings as words } from '../core/messages/settings.ts';
import type { FieldError } from '../core/spec/field-errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether the platform says of itself that it is Azure; `func` and the local host name this machine in one of these. */
export function isOnAzure(env: Environment): boolean {
  return Object.entries(env).some(([name, value = '']) => {
    if (value === '') return false;
    if (name === 'WEBSITE_HOSTNAME') return !isLoopback(value.replace(/:\d+$/, ''));
    return name.startsWith('WEBSITE_') || name === 'IDENTITY_ENDPOINT';
  });
}

interface Reached {
  readonly AzureWebJobsStorage?: string | undefined;
  readonly ROLLOUT_ARM_ENDPOINT?: string | undefined;
}

/** Why `setting`, which lets callers in without Microsoft Entra, is refused: it is for one machine, all of it. */
export function refuseOffMachine(setting: string, env: Environment, reached: Reached): readonly FieldError[] {
  const reasons = [
    isOnAzure(env) ? words.onAzure : undefined,
    isLocalStorage(reached.AzureWebJobsStorage) ? undefined : words.storageElsewhere,
    isLocalUrl(reached.ROLLOUT_ARM_ENDPOINT ?? '') ? undefined : words.armElsewhere,
  ];
  return reasons.flatMap((reason) =>
    reason === undefined ? [] : [{ path: setting, message: words.localOnly(reason) }],
  );
}

export function isLocalUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && isLoopback(url.hostname);
}

/** A connection string without addresses means an account in Azure. */
function isLocalStorage(connection = ''): boolean {
  const parts = connection.split(';').filter((part) => part !== '');
  if (parts.some((part) => /^UseDevelopmentStorage=true$/i.test(part))) return true;
  const named = parts.filter((part) => /^(?:Blob|Queue|Table|File)Endpoint=/i.test(part));
  return named.length > 0 && named.every((part) => isLocalUrl(part.slice(part.indexOf('=') + 1)));
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
