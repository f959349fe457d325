/** `extensions.durableTask.versionMatchStrategy` of host.json; the last is the default. */
export const VERSION_MATCHES = ['None', 'Strict', 'CurrentOrOlder'] as const;
export type VersionMatch = (typeof VERSION_MATCHES)[number];

/**
 * Whether an app runs what was started with this version. What it does not run stays Pending (golden-3.19,
 * `api-get-version`: started with "2.0" for an app without a version).
 */
export function runsVersion(
  started: string | null,
  app: { readonly defaultVersion: string | null; readonly versionMatch: VersionMatch },
): boolean {
  switch (app.versionMatch) {
    case 'None':
      return true;
    case 'Strict':
      return compareVersions(started ?? '', app.defaultVersion ?? '') === 0;
    case 'CurrentOrOlder':
      return compareVersions(started ?? '', app.defaultVersion ?? '') <= 0;
  }
}

const VERSION = /^\d+(\.\d+){1,3}$/;

/** As numbers where both look like .NET's versions, else as texts; no version is the oldest. */
function compareVersions(a: string, b: string): number {
  if (!VERSION.test(a) || !VERSION.test(b)) return a === b ? 0 : a < b ? -1 : 1;
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (let part = 0; part < 4; part += 1) {
    const difference = (left?.[part] ?? -1) - (right?.[part] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}
