import type { Browser, Page } from 'playwright-core';

export interface Visit {
  readonly page: Page;
  /** Console errors and warnings, uncaught exceptions, refused requests. */
  readonly complaints: readonly string[];
  /** Addresses of every request that left for another origin than the gateway's. */
  readonly foreignRequests: readonly string[];
}

export interface VisitOptions {
  readonly colorScheme?: 'light' | 'dark';
  readonly viewport?: { readonly width: number; readonly height: number };
  /** What follows `/graphiql` in the address. */
  readonly link?: string;
}

/** Opens the page in a fresh profile and waits until its editors are there. */
export async function visit(browser: Browser, gatewayUrl: string, options: VisitOptions = {}): Promise<Visit> {
  const context = await browser.newContext({
    colorScheme: options.colorScheme ?? 'light',
    viewport: options.viewport ?? { width: 1440, height: 900 },
    acceptDownloads: true,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  // Below the test's own limit, so that a failure names the step that waited.
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  const foreignRequests: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => void complaints.push(String(error)));
  page.on('requestfailed', (request) => {
    // A page that goes away, or a view that is read again, ends its stream of changes.
    if (request.headers()['accept'] === 'text/event-stream') return;
    complaints.push(`${request.url()}: ${request.failure()?.errorText}`);
  });
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== gatewayUrl) foreignRequests.push(request.url());
  });
  await page.goto(`${gatewayUrl}/graphiql${options.link ?? ''}`);
  await page.locator('.graphiql-query-editor .view-lines').waitFor();
  return { page, complaints, foreignRequests };
}
