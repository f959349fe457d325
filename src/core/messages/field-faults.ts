const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

const UNITS: Readonly<Record<string, (count: number | bigint) => string>> = {
  string: (count) => `${count} ${count === 1 ? 'character' : 'characters'}`,
  array: (count) => `${count} ${count === 1 ? 'entry' : 'entries'}`,
  set: (count) => `${count} ${count === 1 ? 'entry' : 'entries'}`,
};

/** What is wrong with a field of a body or a query, where its schema has no words of its own. */
export const fieldFaults = {
  missing: 'is missing',
  type: (expected: string) => `must be ${TYPES[expected] ?? expected}`,
  atLeast: (origin: string, least: number | bigint) => `must ${measured(origin, 'at least', least)}`,
  moreThan: (least: number | bigint) => `must be more than ${least}`,
  atMost: (origin: string, most: number | bigint) => `must ${measured(origin, 'at most', most)}`,
  lessThan: (most: number | bigint) => `must be less than ${most}`,
  oneOf: (values: readonly unknown[]) =>
    `must be ${values.length === 1 ? '' : 'one of '}${values.join(', ')}`,
  form: 'is not in a form that is known',
};

function measured(origin: string, bound: string, count: number | bigint): string {
  const unit = UNITS[origin];
  return unit === undefined ? `be ${bound} ${count}` : `have ${bound} ${unit(count)}`;
}
