import { flagOf } from '../parse/flag-of.ts';

/** The flags of fields that the app's advice names, where they are not called as the field is. */
const OTHERWISE: Readonly<Record<string, string>> = {
  before: '--approve-before',
  extensions: '--extension',
  version: '--image-version',
};
const FIELDS = [
  'acceptIrreversible',
  'acceptManaged',
  'before',
  'extensions',
  'fixForward',
  'force',
  'maxUnavailable',
  'mostDisruptiveAllowed',
  'version',
];
const NAMED = new RegExp(`"(${FIELDS.join('|')})"(?:: (?:true|"([^"]*)"))?`, 'g');

/** Advice on a spec, as whoever types flags needs it: `"acceptIrreversible": true` is `--accept-irreversible` there. */
export function inFlags(advice: string): string {
  return advice.replaceAll(NAMED, (_, field: string, value: string | undefined) => {
    return `${OTHERWISE[field] ?? flagOf(field)}${value === undefined ? '' : ` ${value}`}`;
  });
}
