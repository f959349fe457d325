import { SUBSCRIPTION } from '../test/lab/lab.ts';
import { startPageLab } from '../test/dashboard/support/page-lab.ts';
import { quantile } from './support/median.ts';

const INSTANCES = 1000;
const VIEWERS = 50;
/** Of an answer, from the request to its last byte. */
const WANTED_P99_MS = 50;
/** Of what is asked of Azure for one set, however many watch. */
const WANTED_READ_SECONDS = 10;
/** Every viewer looks so often, each at a moment of its own. */
const LOOK_MS = 2000;
const ROUNDS = 5;

await using place = await startPageLab({
  scaleSets: [{ name: 'web', count: INSTANCES, properties: { singlePlacementGroup: false } }],
});
const { lab } = place;
const id = await lab.start({ approvals: { before: [0] } });
await lab.until(id, ({ waitingFor }) => waitingFor?.kind === 'approval');
const api = place.url.replace('/dashboard', '');
const paths = [
  `/rollouts/${id}`,
  `/rollouts/${id}/instances`,
  `/rollouts/${id}/events`,
  `/scale-sets/${SUBSCRIPTION}/rollout/web/instances?view=summary`,
];

/** What a page asks for at each look, as it does: all at once, and only for what is new. */
async function look(etags: Map<string, string>, times: number[]): Promise<void> {
  await Promise.all(
    paths.map(async (path) => {
      const from = performance.now();
      const etag = etags.get(path);
      const answer = await fetch(`${api}${path}`, {
        headers: { 'accept-encoding': 'gzip', ...(etag !== undefined && { 'if-none-match': etag }) },
      });
      await answer.arrayBuffer();
      times.push(performance.now() - from);
      etags.set(path, answer.headers.get('etag') ?? '');
    }),
  );
}

const viewers = Array.from({ length: VIEWERS }, () => new Map<string, string>());
const first: number[] = [];
const times: number[] = [];
const listings = (): number =>
  lab.log.filter((entry) => entry.kind === 'request' && entry.operation === 'listInstances').length;
// Nobody watches before: the reads of the plan are none of theirs.
await lab.host.advance(60_000);
const before = listings();
const began = lab.ports.clock.now();
for (let round = 0; round <= ROUNDS; round += 1) {
  await Promise.all(
    viewers.map(async (etags, index) => {
      await new Promise((resolve) => setTimeout(resolve, (index * LOOK_MS) / VIEWERS));
      await look(etags, round === 0 ? first : times);
    }),
  );
  await lab.host.advance(LOOK_MS);
}
const seconds = (lab.ports.clock.now() - began) / 1000;
const reads = listings() - before;
const p99 = quantile(times, 0.99);
console.log(
  `page, ${VIEWERS} viewers of ${INSTANCES} instances: p99 of an answer ${p99.toFixed(1)} ms (wanted: ${WANTED_P99_MS}), of first answers ${quantile(first, 0.99).toFixed(1)} ms; ${reads} requests for pages of the list of instances in ${seconds} s of Azure's time (wanted: those of one list in ${WANTED_READ_SECONDS} s)`,
);
