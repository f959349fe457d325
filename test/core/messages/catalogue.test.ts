import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '../../../src');

interface Entry {
  readonly owner: string;
  readonly key: string;
  readonly text: unknown;
}

const catalogue = await entriesOfCatalogue();
const source = globSync('**/*.ts', { cwd: SRC })
  .map((file) => readFileSync(join(SRC, file), 'utf8'))
  .join('\n');

it('says nothing that nobody asks for', () => {
  const unused = catalogue.filter(({ owner, key }) => {
    const names = [
      owner,
      ...[...source.matchAll(new RegExp(`\\b${owner} as (\\w+)`, 'g'))].map(([, alias]) => alias),
    ];
    return !names.some((name) => new RegExp(`\\b${name}(\\s*\\.${key}\\b|\\[)`).test(source));
  });
  expect(unused.map(({ owner, key }) => `${owner}.${key}`)).toEqual([]);
});

it('says nothing twice', () => {
  const texts = catalogue.filter(({ text }) => typeof text === 'string' && text.includes(' '));
  const twice = [...Map.groupBy(texts, ({ text }) => text).values()].filter((same) => same.length > 1);
  expect(twice).toEqual([]);
});

async function entriesOfCatalogue(): Promise<readonly Entry[]> {
  const files = globSync('core/messages/*.ts', { cwd: SRC });
  expect(files.length).toBeGreaterThan(10);
  const rooms = await Promise.all(
    files.map(async (file) => (await import(join(SRC, file))) as Record<string, unknown>),
  );
  return rooms.flatMap((room) =>
    Object.entries(room).flatMap(([owner, entries]) =>
      typeof entries === 'object' && entries !== null && owner !== 'REFUSALS'
        ? Object.entries(entries).map(([key, text]) => ({ owner, key, text: text as unknown }))
        : [],
    ),
  );
}
