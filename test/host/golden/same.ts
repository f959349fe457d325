/** Recordings shorten long texts to their beginning; the length they note is that of a text with other paths. */
const SHORTENED = /^(.*)…\(\d+ chars\)$/s;

/** Where two JSON values differ, one line for each place; shortened texts on the recorded side count as a beginning. */
export function differencesFrom(recorded: unknown, actual: unknown, where = ''): readonly string[] {
  if (typeof recorded === 'string' && typeof actual === 'string') {
    const beginning = SHORTENED.exec(recorded)?.[1];
    if (beginning === undefined ? recorded === actual : actual.startsWith(beginning)) return [];
  } else if (Array.isArray(recorded) && Array.isArray(actual) && recorded.length === actual.length) {
    return recorded.flatMap((one, index) => differencesFrom(one, actual[index], `${where}[${index}]`));
  } else if (isRecord(recorded) && isRecord(actual)) {
    const keys = new Set([...Object.keys(recorded), ...Object.keys(actual)]);
    return [...keys].flatMap((key) => differencesFrom(recorded[key], actual[key], `${where}.${key}`));
  } else if (Object.is(recorded, actual)) {
    return [];
  }
  return [`${where}: recorded ${shown(recorded)}, got ${shown(actual)}`];
}

/** An absent value is shown as such, not as null. */
function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const BARE_GUID = /\b[0-9a-f]{32}\b/gi;
/** Of a span; they are counted as GUIDs are. */
const SPAN = /^[0-9a-f]{16}$/i;
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)?/g;
const GMT = /\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT/g;
const PORT = /(127\.0\.0\.1|localhost):\d+/g;
/** The recorded app had fewer functions when some of these lists were made, and theirs is in no order. */
const KNOWN = /(known (?:orchestrator|entity) functions: ).*/g;

/** What the recordings' README excludes: times, GUIDs, ports, and the .NET text behind a failure's first line. */
export function comparable(value: unknown): unknown {
  if (typeof value === 'string') {
    const [line = ''] = value.split(/ \n \{| ?\n ?\{"\$type"|"stackTrace":/);
    return line
      .trimEnd()
      .replaceAll(GUID, '<guid>')
      .replaceAll(BARE_GUID, '<bare guid>')
      .replace(SPAN, '<span>')
      .replaceAll(TIME, '<time>')
      .replaceAll(GMT, '<time>')
      .replaceAll(PORT, '<port>')
      .replaceAll(KNOWN, '$1<names>');
  }
  if (Array.isArray(value)) return value.map(comparable);
  if (isRecord(value))
    return Object.fromEntries(Object.entries(value).map(([key, own]) => [key, comparable(own)]));
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
