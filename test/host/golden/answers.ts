import { comparable } from './same.ts';

function sortedText(value: unknown): string {
  return JSON.stringify(Object.entries(value ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** A management answer without what differs by nature: .NET's stacks, its JSON reader's words, keys and hosts. */
export function normal(value: unknown): unknown {
  if (typeof value === 'string') {
    return String(comparable(value))
      .replaceAll(/code=[^&"]+/g, 'code=<key>')
      .replaceAll(/https?:\/\/[^/"]+\//g, 'http://<host>/')
      .replaceAll(/^(Could not parse JSON content: ).*/g, '$1<reason>')
      .replaceAll(/"(ExceptionMessage|StackTrace)":"(\\.|[^"\\])*"/g, '"$1":<text>');
  }
  if (Array.isArray(value)) return value.map(normal);
  if (typeof value !== 'object' || value === null) return value;
  const isJsonError =
    'ExceptionType' in value && value.ExceptionType === 'Newtonsoft.Json.JsonReaderException';
  const hidden = new Set(['StackTrace', 'Details', ...(isJsonError ? ['ExceptionMessage'] : [])]);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, own]) => {
      if (hidden.has(key)) return [];
      // Which of a timer and an event came first was chance.
      const isHistory = key === 'historyEvents' && Array.isArray(own);
      return [
        [
          key,
          isHistory
            ? own.map(normal).toSorted((a, b) => (sortedText(a) < sortedText(b) ? -1 : 1))
            : normal(own),
        ],
      ];
    }),
  );
}
