import type { FencedBy } from './fence.ts';

const ACTIONS = 'orchestrators/actions.test.ts';
const API = 'functions/actions.test.ts';

/** I1, I13, I15 and I17 for what is done instead of a change. */
export const OF_ACTIONS: readonly FencedBy[] = [
  {
    name: 'the floor is that of the capacity which a deletion leaves',
    find: 'instances.length - leavingIn(rows, instances)',
    without: 'instances.length',
    test: [ACTIONS, 'the floor > of a deletion is that of the new capacity, although others are off'],
  },
  {
    name: 'nobody takes the last instance away without saying so',
    find: "capacity === 0 && share !== '100%' ? 1 : floor",
    without: 'floor',
    test: [ACTIONS, 'the floor > is judged by what stays: delete'],
  },
  {
    name: 'what stays must serve as the new capacity asks',
    test: [ACTIONS, 'the floor > is judged by what stays: powerOff'],
  },
  {
    name: 'no capacity is lowered while too few would be left serving',
    find: 'crossesFloor(step, read.value)',
    without: 'undefined',
    test: [ACTIONS, 'a new capacity > waits while too few would be left'],
  },
  {
    name: 'a new capacity is there only when its instances are, and serve',
    find: 'read.value.length === capacity && unwell.length === 0',
    without: 'true',
    test: [ACTIONS, 'a new capacity > is there when as many instances serve'],
  },
  {
    name: 'protected instances are no targets of an action',
    test: [ACTIONS, 'an instance that needs nothing > is skipped when planned'],
  },
  {
    name: 'an instance that is as it was to be made by now is not sent',
    test: [ACTIONS, 'an instance that needs nothing > is not sent when somebody was there first'],
  },
  {
    name: 'only an instance that this rollout was taking away counts as deleted by it',
    find: "isDeletedByUs(row) ? 'done' : 'gone'",
    without: "'done'",
    test: [ACTIONS, 'an instance that needs nothing > is gone when somebody else has deleted it'],
  },
  {
    name: 'an action that names what it does not mean is not taken',
    find: "(action === 'scale') === (capacity !== undefined)",
    without: 'true',
    test: [API, 'takes a capacity with scale, and with nothing else'],
  },
  {
    name: 'nobody deletes every instance by leaving out which',
    test: [API, 'deletes nothing unless it is named'],
  },
];
