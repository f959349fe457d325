/** The flag of a field or option: `--max-unavailable` of `maxUnavailable`. */
export function flagOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
