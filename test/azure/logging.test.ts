import { expect, it, vi } from 'vitest';

it("keeps token, body and signed URLs out of the client's own logs", async () => {
  vi.stubEnv('AZURE_LOG_LEVEL', 'verbose');
  const written: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  // Only now: the client reads the log level when it is loaded.
  const { aCompute, ADDRESS, PASS } = await import('./fake-arm.ts');
  const endpoint = 'https://arm.example';
  const credential = {
    getToken: () => Promise.resolve({ token: 'the-token', expiresOnTimestamp: Date.now() + 3_600_000 }),
  };
  const headers = {
    'azure-asyncoperation': `${endpoint}/subscriptions/s/op?c=the-certificate&s=the-signature`,
  };
  const { compute } = aCompute(() => Response.json({}, { status: 202, headers }), { endpoint, credential });

  const write = await compute
    .writing(PASS)
    .patchModel(ADDRESS, { properties: { protectedSettings: 'the-secret' } }, '"1"');
  await compute.operation(ADDRESS.subscriptionId, headers['azure-asyncoperation']);
  await compute.writing(PASS).act(ADDRESS, 'upgrade', ['0']);
  process.stderr.write('the end of the log');
  vi.restoreAllMocks();
  vi.unstubAllEnvs();

  expect(write).toMatchObject({ kind: 'accepted', pollUrl: headers['azure-asyncoperation'] });
  const log = written.join('');
  expect(log).toContain('the end of the log');
  expect(log).not.toMatch(/the-(?:token|certificate|signature|secret)/u);
});
