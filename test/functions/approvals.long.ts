import { expect, it } from 'vitest';
import { startLab } from '../lab/lab.ts';
import { startTokens } from '../lab/signed.ts';

// Feature [Control] An approval that is sent a thousand times counts once (S8)
it('counts once, sent a thousand times', async () => {
  await using tokens = await startTokens();
  await using lab = await startLab({ count: 4 });
  tokens.bind(false);
  const id = await lab.start({ approvals: { before: 'rollout', quorum: 2 } });
  await lab.until(id, ({ waitingFor }) => waitingFor?.kind === 'approval');
  tokens.bind(true);
  const bearer = await tokens.sign({ user: 'grace', roles: ['approver'] });
  for (let times = 0; times < 1000; times += 1)
    expect((await tokens.ask(lab, bearer, 'POST', `/rollouts/${id}/approve`, {})).status).toBe(202);
  const log = await lab.store.documents.list('rollouts', id, { after: 'command-', before: 'command.' });
  expect(log).toHaveLength(1);
  await lab.host.advance(600_000);
  const reader = await tokens.sign({ user: 'eve', roles: ['viewer'] });
  expect((await tokens.ask(lab, reader, 'GET', `/rollouts/${id}`)).body.phase).toBe('waiting');
});
