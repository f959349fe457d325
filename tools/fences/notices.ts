import type { FencedBy } from './fence.ts';

const POST = 'outbound/post.test.ts';

/** V9: what is told outside, and where it may go. */
export const OF_NOTICES: readonly FencedBy[] = [
  {
    name: 'a notice leaves by https alone, to the port of that',
    test: [POST, 'is refused as https://hooks.example.com:8443/hook'],
  },
  {
    name: 'no host is called by its address',
    test: [POST, 'is refused as https://0x7f.1/hook'],
  },
  {
    name: 'a notice goes to no host that no admin has allowed',
    test: [POST, 'is refused as https://evil.net/hooks.example.com'],
  },
  {
    name: 'no name leads into a private network, whatever else it leads to',
    test: [POST, 'is refused if its name leads to 169.254.169.254'],
  },
  {
    name: 'the connection goes to the address that was judged',
    test: [POST, 'is resolved once, and the connection goes to what was judged'],
  },
  {
    name: 'a link that nobody here has signed leads nowhere',
    test: ['functions/gate-link.test.ts', 'leads nowhere if any character of it is another one'],
  },
  {
    name: 'a link leads nowhere after its day',
    test: ['functions/gate-link.test.ts', 'leads nowhere after a day, however long the gate waits'],
  },
  {
    name: 'what happened is told in the transaction that makes it so',
    test: [
      'functions/notices.test.ts',
      'tell of each phase in an unbroken chain, of the approval and of the end, signed',
    ],
  },
];
