/** Recordings shorten long texts to their beginning; the length they note is that of a text with other paths. */
const SHORTENED = /^(.*)…\(\d+ chars\)$/s;

/** Whether two JSON values are equal, honouring shortened texts on the recorded side. */
export function matchesRecorded(recorded: unknown, actual: unknown): boolean {
  if (typeof recorded === 'string' && typeof actual === 'string') {
    const beginning = SHORTENED.exec(recorded)?.[1];
    return beginning === undefined ? recorded === actual : actual.startsWith(beginning);
  }
  if (Array.isArray(recorded) && Array.isArray(actual)) {
    return (
      recorded.length === actual.length && recorded.every((one, index) => matchesRecorded(one, actual[index]))
    );
  }
  if (isRecord(recorded) && isRecord(actual)) {
    const keys = new Set([...Object.keys(recorded), ...Object.keys(actual)]);
    return [...keys].every((key) => matchesRecorded(recorded[key], actual[key]));
  }
  return Object.is(recorded, actual);
}

const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b[0-9a-f]{32}\b/gi;
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
