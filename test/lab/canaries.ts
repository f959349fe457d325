/** Distinct secrets, one for each place that can carry one; with letters that every way of writing them changes. */
const PLACES = [
  'protectedSettings',
  'protectedNested',
  'settingsKey',
  'settingsToken',
  'customData',
  'adminPassword',
  'sasInSettings',
  'keyInModel',
  'sasInModel',
  'userData',
  'unknownField',
  'wrongType',
] as const;
export type CanaryPlace = (typeof PLACES)[number];

export function canary(place: CanaryPlace): string {
  return `Canary-${place}"é/+&%x9`;
}

/** A signed URL whose signature is the canary. */
export function signedUrl(place: CanaryPlace): string {
  const signature = encodeURIComponent(canary(place));
  return `https://acct.blob.core.windows.net/c/${place}.sh?sv=2024-11-04&se=2027-01-01&sr=b&sp=r&sig=${signature}`;
}

export const CANARIES: readonly string[] = PLACES.map((place) => canary(place));

/** Ways in which a service may write what it was given: as it is, in JSON, in a URL, in Base64, and these in JSON. */
export function spellings(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const plain = [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    encodeURIComponent(encodeURIComponent(secret)),
    new URLSearchParams({ a: secret }).toString().slice(2),
    bytes.toString('base64'),
    bytes.toString('base64').replaceAll('=', ''),
    bytes.toString('base64url'),
  ];
  const inJson = plain.flatMap((text) => {
    const escaped = JSON.stringify(text).slice(1, -1);
    const ascii = escaped.replaceAll(
      /[\u0080-\uFFFF]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    return [escaped, ascii, JSON.stringify(escaped).slice(1, -1), JSON.stringify(ascii).slice(1, -1)];
  });
  return [...new Set([...plain, ...inJson])];
}

/** Which canaries a text holds, in whatever spelling: `place: spelling` of each. */
export function canariesIn(text: string, secrets: readonly string[] = CANARIES): readonly string[] {
  return secrets.flatMap((secret) =>
    spellings(secret)
      .filter((spelling) => text.includes(spelling))
      .map((spelling) => `${secret.slice(0, 30)} as ${spelling}`),
  );
}
