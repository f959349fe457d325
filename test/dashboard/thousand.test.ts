import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { startLab, SUBSCRIPTION } from '../lab/lab.ts';

const MOST_BYTES = 60 * 1024;

// Feature [The page] A thousand instances in an answer of at most 60 KB (new 15)
it('answers of a thousand instances are packed into 60 KB, and not sent twice', async () => {
  await using lab = await startLab({ count: 1000, properties: { singlePlacementGroup: false } });
  const id = await lab.start({ approvals: { before: [0] } });
  await lab.until(id, ({ waitingFor }) => waitingFor?.kind === 'approval');
  const set = `/scale-sets/${SUBSCRIPTION}/rollout/web/instances?view=summary`;
  for (const path of [set, `/rollouts/${id}/instances`, `/rollouts/${id}`]) {
    const ask = (headers: Record<string, string>): Promise<Response> =>
      lab.host.request(new Request(`http://app/api${path}`, { headers }));
    const plain = await ask({});
    const answer = await ask({ 'accept-encoding': 'gzip, deflate, br' });
    expect(answer.headers.get('content-encoding'), path).toBe('gzip');
    expect(answer.headers.get('vary')).toBe('accept-encoding');
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.length, path).toBeLessThanOrEqual(MOST_BYTES);
    expect(gunzipSync(bytes).toString('utf8')).toBe(await plain.text());
    const again = await ask({ 'if-none-match': answer.headers.get('etag') ?? '' });
    expect(again.status, path).toBe(304);
  }
});
