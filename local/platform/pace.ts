/** How the app paces its reads when the service runs faster than Azure does: in step with it, as far as that goes. */
export function paceSettings(timeScale: number): Record<string, string> {
  return {
    ROLLOUT_POLL_SECONDS: inStep(10, timeScale, 0.2),
    ROLLOUT_REQUEST_TIMEOUT_SECONDS: inStep(30, timeScale, 5),
    ROLLOUT_VIEW_LAG_SECONDS: inStep(30, timeScale, 0.5),
  };
}

function inStep(seconds: number, timeScale: number, least: number): string {
  const scaled = seconds / timeScale;
  return String(Math.max(least, scaled < 1 ? Number(scaled.toFixed(2)) : Math.ceil(scaled)));
}
