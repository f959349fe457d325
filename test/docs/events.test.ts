import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { COMMANDS } from '../../src/core/record/command.ts';
import { EVENT_KINDS } from '../../src/core/record/events.ts';

const API = readFileSync(join(import.meta.dirname, '../../docs/API.md'), 'utf8');

it('docs/API.md names every kind of event, in the order of a rollout, and no other', () => {
  const [line = ''] = /^`kind` of an event.*$/m.exec(API) ?? [];
  const [list = ''] = line.split(', and each command by its name');
  const named = [...list.matchAll(/`(\w+)`/g)].map(([, kind = '']) => kind).slice(1);
  expect([...named, ...COMMANDS]).toEqual(EVENT_KINDS);
});
