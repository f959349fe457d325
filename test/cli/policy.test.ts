import { expect, it } from 'vitest';
import { runAgainst, seenOf } from './run.ts';
import { ok, problem } from './scripted-app.ts';

const POLICY = {
  allowedScopes: ['/subscriptions/s'],
  rules: [{ name: 'production', scopes: ['/subscriptions/s/resourceGroups/prod'], leastQuorum: 2 }],
};

const stands = { status: 200, body: { policy: POLICY, versions: [] }, headers: { etag: '"policy-7"' } };

it('shows the policy', async () => {
  expect(await seenOf({ 'GET /api/policy': [stands] }, ['policy'])).toMatchInlineSnapshot(`
    "exit 0
    --- stdout
    rollouts are allowed in /subscriptions/s

    rule         production
    for          /subscriptions/s/resourceGroups/prod
    leastQuorum  2
    --- stderr
    "
  `);
});

it('shows that there is none', async () => {
  const none = ok({ policy: { rules: [] }, versions: [] });
  expect(await seenOf({ 'GET /api/policy': [none] }, ['policy'])).toMatchInlineSnapshot(`
    "exit 0
    --- stdout
    rollouts are allowed everywhere

    no rules
    --- stderr
    "
  `);
});

it('sets it over the one that it has read', async () => {
  const script = { 'GET /api/policy': [stands], 'PUT /api/policy': [ok({ policy: { rules: [] } })] };
  const argv = ['policy', '--set', '-', '--reason', 'audit'];
  const { code, requests } = await runAgainst(script, argv, { stdin: '{"rules":[]}' });
  expect(code).toBe(0);
  expect(requests[1]).toMatchObject({
    line: 'PUT /api/policy',
    ifMatch: '"policy-7"',
    body: { policy: { rules: [] }, reason: 'audit' },
  });
});

it('says so when somebody else was faster', async () => {
  const script = {
    'GET /api/policy': [stands],
    'PUT /api/policy': [problem(412, 'policyMoved', 'the policy has changed since you read it')],
  };
  expect(await seenOf(script, ['policy', '--set', '-'], { stdin: '{"rules":[]}' })).toMatchInlineSnapshot(`
    "exit 1
    --- stdout
    --- stderr
    error: the policy has changed since you read it (policyMoved)
    "
  `);
});
