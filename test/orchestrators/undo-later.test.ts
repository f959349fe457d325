import { expect, it } from 'vitest';
import { expectImages, expectSafe, modelImage, modelOf, writes } from '../lab/judge.ts';
import { NEW, OLD, startLab, WEB } from '../lab/lab.ts';

// Feature [Undo] After the end: `rollbackOf`; and the rollback of that rollback (Undo, I56)
it('undoes an ended rollout: the fields that it changed and the instances that it touched', async () => {
  await using lab = await startLab();
  const before = modelOf(lab);
  const first = await lab.rollOut();
  const undo = await lab.rollOut({ change: {}, rollbackOf: first.id });
  expect(undo).toMatchObject({ phase: 'succeeded', instances: { upgraded: 15 } });
  expectImages(lab, OLD);
  expect(modelOf(lab)).toMatchObject({ properties: before.properties });
  expectSafe(lab, { mostDisruptions: 2 });
  // And the undoing can be undone.
  expect((await lab.rollOut({ change: {}, rollbackOf: undo.id })).phase).toBe('succeeded');
  expectImages(lab, NEW);
});

// Feature [Undo] `rollbackOf` an aborted rollout undoes what that one left (Undo)
it('undoes what an aborted rollout left, and nothing else', async () => {
  await using lab = await startLab();
  const id = await lab.start();
  await lab.until(id, (rollout) => rollout.batch === 1 && rollout.instances.upgrading === 3);
  await lab.send(id, 'abort');
  await lab.toEnd(id);
  const undo = await lab.rollOut({ change: {}, rollbackOf: id });
  expect(undo).toMatchObject({ phase: 'succeeded', instances: { total: 6, upgraded: 6 } });
  expectImages(lab, OLD);
  expect(modelImage(lab)).toBe(OLD);
});

// Feature [Undo] The plan of a rollback before it is confirmed (Undo)
it('shows its plan before it is confirmed', async () => {
  await using lab = await startLab();
  const { id } = await lab.rollOut();
  const { status, body } = await lab.call('POST', '/plans', { scaleSet: WEB, rollbackOf: id });
  expect(status).toBe(200);
  expect(body.delta).toMatchObject([{ before: NEW, after: OLD }]);
  expect(body.batches).toHaveLength(5);
  expect(body.expected.seconds).toBeGreaterThan(0);
});

// Feature [Undo] `rollbackOf` is refused where others wrote the same fields (Undo)
//   shown by: is refused when somebody else has changed the same field
it.each([
  ['somebody else has changed the same field', 'modelChangedSince'],
  ['there is no such rollout', 'rolloutNotFound'],
])('is refused when %s', async (_, code) => {
  await using lab = await startLab();
  const { id } = await lab.rollOut();
  if (code === 'modelChangedSince') {
    await lab.rollOut({ change: { image: { version: '22.04.202609100' } } });
  }
  const sent = writes(lab.log).length;
  const rollbackOf = code === 'rolloutNotFound' ? 'nobody' : id;
  expect(await lab.rollOut({ change: {}, rollbackOf })).toMatchObject({
    phase: 'refused',
    failure: { code },
  });
  expect(writes(lab.log)).toHaveLength(sent);
});

it('has no change beside it', async () => {
  await using lab = await startLab();
  const reply = await lab.call('POST', '/rollouts', {
    scaleSet: WEB,
    change: { force: 'restart' },
    rollbackOf: 'x',
  });
  expect(reply).toMatchObject({ status: 400, body: { code: 'invalidSpec', errors: [{ path: 'change' }] } });
});
