/** How the app paces its reads when the service runs faster than Azure does. */
export function paceSettings(timeScale: number): Record<string, string> {
  return {
    ROLLOUT_POLL_SECONDS: String(Math.max(1, Math.ceil(10 / timeScale))),
    ROLLOUT_REQUEST_TIMEOUT_SECONDS: String(Math.max(5, Math.ceil(30 / timeScale))),
    ROLLOUT_VIEW_LAG_SECONDS: String(Math.max(1, Math.ceil(30 / timeScale))),
  };
}
