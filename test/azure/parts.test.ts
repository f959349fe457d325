import { expect, it } from 'vitest';
import { flag, listOf, number, objectOf, text } from '../../src/azure/parts.ts';

const readDisk = objectOf({ lun: number, name: text, isShared: flag, tags: listOf(text) });

it('reads the parts that it is asked for', () => {
  expect(readDisk({ lun: 0, name: 'a', isShared: false, tags: ['x'], size: 30 })).toEqual({
    lun: 0,
    name: 'a',
    isShared: false,
    tags: ['x'],
  });
});

it.each([
  ['absent', {}],
  ['null', { lun: null, name: null, isShared: null, tags: null }],
  ['of another shape', { lun: '0', name: 1, isShared: 'false', tags: 'x' }],
])('takes a part that is %s for none', (_how, disk) => {
  expect(readDisk(disk)).toEqual({ lun: undefined, name: undefined, isShared: undefined, tags: undefined });
});

it.each([undefined, null, 'disk', 3, [{ lun: 0 }]])('takes %j for no object', (part) => {
  expect(readDisk(part)).toBeUndefined();
});

it.each([[['x', null]], [['x', 1]], [{ 0: 'x' }]])('takes %j for no list of texts', (part) => {
  expect(listOf(text)(part)).toBeUndefined();
});
