import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startIssuer } from '../../local/issuer/server.ts';
import type { Issuer } from '../../local/issuer/server.ts';
import { AUDIENCE, TENANT } from '../../local/issuer/tokens.ts';
import { entraIdentity } from '../../src/functions/identity.ts';
import { createVerifier } from '../../src/identity/token.ts';
import { bindIdentity } from '../lab/bound-app.ts';
import { NEW, startLab, WEB } from '../lab/lab.ts';
import type { Body, Lab } from '../lab/lab.ts';
import { COMMAND_BODIES, RIGHTS_CELLS, RIGHTS_TABLE } from '../lab/rights-table.ts';

/** What a page asks for without a scale set in hand. */
const OF_APP: readonly string[] = [
  'plan',
  'start',
  'setNotices',
  'resendNotices',
  'setStrategy',
  'freeze',
  'liftFreeze',
  'takeOver',
  'readAudit',
];

/** A request for each act that changes nothing where it is let through: its body is never right. */
const WRONG = { reason: 7 };
const REQUESTS: Readonly<Record<string, readonly (readonly [method: string, path: string])[]>> = {
  read: [
    ['GET', '/rollouts'],
    ['GET', '/rollouts/ID'],
    ['GET', '/rollouts/ID/plan'],
    ['GET', '/rollouts/ID/instances'],
    ['GET', '/rollouts/ID/events'],
    ['GET', '/rollouts/ID/rollback-plan'],
    ['GET', '/rollouts/ID/explanation'],
    ['GET', '/scale-sets?query=wrong'],
    ['GET', '/me'],
    ['GET', '/leases'],
    ['GET', '/freeze'],
    ['GET', '/policy'],
    ['GET', '/schedules'],
    ['GET', '/schedules/monthly'],
    ['GET', '/schedules/monthly/explanation'],
    ['GET', '/waits'],
    ['GET', '/strategies'],
    ['GET', '/strategies/careful'],
    ['GET', '/campaigns?top=wrong'],
    ['GET', '/campaigns/c-0'],
    ['GET', '/campaigns/c-0/events'],
  ],
  readAudit: [
    ['GET', '/audit'],
    ['GET', '/audit/anchors'],
  ],
  plan: [
    ['POST', '/plans'],
    ['POST', '/campaign-plans'],
  ],
  start: [
    ['POST', '/rollouts'],
    ['POST', '/campaigns'],
  ],
  takeOver: [['POST', `/leases/${'0'.repeat(32)}/take-over`]],
  freeze: [['POST', '/freeze']],
  liftFreeze: [['DELETE', '/freeze']],
  setPolicy: [['PUT', '/policy']],
  setNotices: [
    ['GET', '/notices'],
    ['PUT', '/notices'],
  ],
  resendNotices: [
    ['GET', '/notices/dead-letters'],
    ['POST', '/notices/dead-letters/none/resend'],
  ],
  setSchedule: [
    ['PUT', '/schedules/monthly'],
    ['DELETE', '/schedules/monthly'],
  ],
  setStrategy: [
    ['PUT', '/strategies/careful'],
    ['DELETE', '/strategies/careful'],
  ],
  runSchedule: [['POST', '/schedules/monthly/run']],
  releaseVersion: [['POST', '/schedules/monthly/release']],
};

const CAMPAIGN_COMMANDS = ['pause', 'resume', 'approve', 'reject', 'skip', 'retry', 'abort', 'rollback'];

let issuer: Issuer;
let lab: Lab;
/** Rollouts by phase, requested by the pipeline and by somebody else. */
const rollouts: { readonly phase: string; readonly own: boolean; readonly id: string }[] = [];

const token = (roles: readonly string[], user: string | undefined = 'grace') =>
  issuer.signer.sign(`${issuer.url}/${TENANT}/v2.0`, { user, roles });

/** One that waits for its first approval. */
async function startOne(name: string, user: string): Promise<string> {
  const scaleSet = WEB.replace(/web$/, name);
  const spec = {
    scaleSet,
    change: { image: { version: NEW } },
    approvals: { before: [0], allowRequester: false },
  };
  const { body } = await ask('POST', '/rollouts', await token(['requester'], user), spec);
  await lab.host.advance(60_000);
  return body.id as string;
}

async function ask(method: string, path: string, bearer: string, body?: unknown) {
  return lab.call(method, path, body, { authorization: `Bearer ${bearer}` });
}

beforeAll(async () => {
  issuer = await startIssuer(0);
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  lab = await startLab({ scaleSets: names.map((name) => ({ name, count: 3 })) });
  bindIdentity(entraIdentity(createVerifier({ authority: issuer.url, tenant: TENANT, audience: AUDIENCE })));
  const reader = await token(['viewer']);
  for (const own of [true, false]) {
    const user = own ? 'grace' : 'ada';
    const bearer = await token(['requester'], user);
    for (const phase of ['waiting', 'paused', 'cancelled']) {
      const id = await startOne(names[rollouts.length] ?? '', user);
      if (phase === 'paused') await ask('POST', `/rollouts/${id}/pause`, bearer, {});
      if (phase === 'cancelled') await ask('POST', `/rollouts/${id}/abort`, bearer, {});
      await lab.host.advance(60_000);
      expect((await ask('GET', `/rollouts/${id}`, reader)).body).toMatchObject({ phase });
      rollouts.push({ phase, own, id });
    }
  }
});

afterAll(async () => {
  bindIdentity(undefined);
  await lab[Symbol.asyncDispose]();
  await issuer.close();
});

// Feature [Deployment] The app says what a caller may do to schedules, and a page offers no more (issue 17)
//   shown by: tells a requester what they may do to schedules
it.each<[role: string, may: readonly string[]]>([
  ['viewer', []],
  ['requester', []],
  ['operator', ['set', 'delete', 'run', 'release']],
  ['admin', ['set', 'delete']],
])('tells a %s what they may do to schedules', async (role, may) => {
  expect((await ask('GET', '/schedules', await token([role]))).body).toEqual({ value: [], may });
});

describe('the table of rights', () => {
  it('has a line for every act of the API', () => {
    expect(RIGHTS_TABLE.map(([act]) => act).toSorted()).toEqual(
      [...Object.keys(REQUESTS), ...Object.keys(COMMAND_BODIES)].toSorted(),
    );
  });

  // Feature [Deployment] Roles decide who may do what, on every route, by default nobody (S6)
  //   shown by: the table of rights > to abort as operator: yes
  it.each(RIGHTS_CELLS)('to $act as $role: $cell', async ({ act, role, cell }) => {
    const bearer = await token(role === '' ? [] : [role]);
    const right = COMMAND_BODIES[act];
    if (right !== undefined && CAMPAIGN_COMMANDS.includes(act)) {
      // Whose campaign it is is judged of one that is there: test/functions/campaigns.test.ts.
      const answer = await ask('POST', `/campaigns/c-0/${act}`, bearer, WRONG);
      expectVerdict(answer, { isAllowed: cell !== 'no', what: `${act} of a campaign by ${role}` });
      if (act === 'rollback') {
        const undone = await ask('POST', '/campaigns/c-0/undo', bearer, WRONG);
        expectVerdict(undone, { isAllowed: cell !== 'no', what: `undo of a campaign by ${role}` });
      }
    }
    if (right !== undefined) {
      for (const { id, own, phase } of rollouts) {
        const isAllowed = cell === 'yes' || (cell === 'own' && own);
        // What is right would be done; whose rollout it is is judged only of what is right.
        const body = isAllowed ? WRONG : right;
        const answer = await ask('POST', `/rollouts/${id}/${act}`, bearer, body);
        expectVerdict(answer, {
          isAllowed,
          what: `${act} by ${role}, ${own ? 'own' : "another's"} in ${phase}`,
        });
      }
      return;
    }
    for (const [method, path] of REQUESTS[act] ?? []) {
      const id = rollouts[0]?.id ?? '';
      const answer = await ask(method, path.replace('ID', id), bearer, method === 'GET' ? undefined : WRONG);
      expectVerdict(answer, { isAllowed: cell === 'yes', what: `${method} ${path} by ${role}` });
    }
  });

  // Feature [Deployment] What a caller may not do is data, so that no page offers it (G47)
  //   shown by: the table of rights > says to a requester before they ask what it denies them
  it.for([['viewer'], ['requester'], ['approver'], ['operator'], ['admin']] as const)(
    'says to a %s before they ask what it denies them',
    async ([role]) => {
      const bearer = await token([role]);
      const set = await ask(
        'GET',
        WEB.replace(/.*subscriptions\/([^/]+).*Groups\/([^/]+).*/, '/scale-sets/$1/$2/a'),
        bearer,
      );
      const me = await ask('GET', '/me', bearer);
      const no = (acts: readonly string[]): readonly string[] =>
        RIGHTS_CELLS.filter((one) => one.role === role && one.cell === 'no' && acts.includes(one.act)).map(
          ({ act }) => act,
        );
      const actsIn = (body: Body): string[] =>
        ((body.denied ?? []) as Body[]).map(({ act }) => String(act)).toSorted();
      expect(actsIn(set.body)).toEqual(no(['plan', 'start']).toSorted());
      expect(actsIn(me.body)).toEqual(no(OF_APP).toSorted());
    },
  );

  it('lets no application approve, whatever its roles', async () => {
    const bearer = await issuer.signer.sign(`${issuer.url}/${TENANT}/v2.0`, {
      application: 'pipeline',
      roles: ['approver', 'operator', 'admin', 'requester'],
    });
    const id = rollouts[0]?.id ?? '';
    expect(await ask('POST', `/rollouts/${id}/approve`, bearer, {})).toMatchObject({
      status: 403,
      body: { code: 'forbidden', detail: 'an application may not approve' },
    });
  });

  it('lets a requester end their own, and an operator what others have requested', async () => {
    const own = await startOne('f', 'linus');
    expect(
      (await ask('POST', `/rollouts/${own}/abort`, await token(['requester'], 'linus'), {})).status,
    ).toBe(202);
    await lab.host.advance(60_000);
    const others = await startOne('f', 'linus');
    expect((await ask('POST', `/rollouts/${others}/abort`, await token(['operator']), {})).status).toBe(202);
  });

  it('has changed nothing', async () => {
    const bearer = await token(['viewer']);
    for (const { id, phase } of rollouts) {
      expect((await ask('GET', `/rollouts/${id}`, bearer)).body).toMatchObject({ phase });
    }
    expect((await ask('GET', '/freeze', bearer)).body).toMatchObject({ frozen: false, acts: [] });
  });
});

describe('what a caller may do next', () => {
  const waiting = () => rollouts.find(({ own, phase }) => own && phase === 'waiting')?.id ?? '';
  const look = async (roles: readonly string[], user?: string): Promise<Body> =>
    (await ask('GET', `/rollouts/${waiting()}`, await token(roles, user))).body;
  const names = (list: readonly { readonly command: string }[] = []) => list.map(({ command }) => command);

  // Feature [Control] A status names what this caller may do next, and why not the rest (S6)
  it('is what their role lets them do, and the rest has a reason', async () => {
    expect(names((await look(['viewer'])).next)).toEqual([]);
    const approver = await look(['approver'], 'linus');
    expect(names(approver.next)).toEqual(['approve', 'reject', 'pause']);
    expect(approver.denied).toContainEqual({
      command: 'abort',
      message: 'you need the role operator to abort; you have approver',
    });
    expect(names((await look(['operator'])).denied)).toEqual(['approve']);
  });

  it('is no approval for whoever requested it, under another name or by another role', async () => {
    const body = await look(['approver', 'requester'], 'grace');
    expect(names(body.next)).not.toContain('approve');
    expect(body.denied).toEqual([
      { command: 'approve', message: 'whoever requested this rollout may not approve it' },
    ]);
    const renamed = await token(['approver'], 'grace');
    expect(await ask('POST', `/rollouts/${waiting()}/approve`, renamed, {})).toMatchObject({
      status: 403,
      body: { code: 'ownApproval' },
    });
  });
});

/** Whoever is let through is told what is wrong with the request, or that it is too late for it. */
function expectVerdict(
  { status, body }: { readonly status: number; readonly body: Body },
  { isAllowed, what }: { readonly isAllowed: boolean; readonly what: string },
): void {
  if (isAllowed) expect([200, 400, 404, 409, 428], what).toContain(status);
  else expect({ what, status, code: body.code }).toEqual({ what, status: 403, code: 'forbidden' });
}
