/**
 * What the page may load, as the value of the Content-Security-Policy header it is served with. No script runs that is not a file
 * of ours, and nothing is asked of another host. The exceptions, and who needs them:
 *
 * - `style-src 'unsafe-inline'`: Monaco and React Motion write `<style>` elements and style attributes while running.
 * - `img-src data:`: GraphiQL's style sheet holds its icons (and Monaco its squiggles) as data URIs. So does the page's own icon.
 * - `font-src data:`: GraphiQL's style sheet holds its fonts as data URIs.
 * - `worker-src 'self'`: Monaco's language services run in workers, which are files of ours too.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
