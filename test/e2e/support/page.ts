import { expect } from 'vitest';

/** The page is there, with all that it names, at whatever address below its own. */
export async function expectPage(url: string): Promise<void> {
  for (const path of ['', '/', '/rollouts/x']) {
    const page = await fetch(`${url}/api/dashboard${path}`);
    const html = await page.text();
    expect(page.status, path).toBe(200);
    expect(html).toMatch(/^<!doctype html>/);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const named = [...html.matchAll(/(?:src|href)="(\/api\/dashboard\/assets\/[^"]+)"/g)];
    expect(named.length).toBeGreaterThanOrEqual(3);
    for (const [, file = ''] of named) {
      const answer = await fetch(`${url}${file}`);
      expect(answer.status, file).toBe(200);
      expect(answer.headers.get('cache-control')).toContain('immutable');
      // Packed on the way, and whole after it.
      expect((await answer.text()).length).toBeGreaterThan(100);
    }
  }
}
