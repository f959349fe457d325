/**
 * Flags of a Node in which rollouts run in virtual time: each leaves many short-lived objects behind, and with more room for
 * them fewer outlive a look at what is still needed.
 */
export const ROOMY = ['--max-semi-space-size=64'];
