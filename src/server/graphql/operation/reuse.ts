/**
 * What a caller wants of readings that were made for other operations of theirs: `shared`: kept ones will do; `fresh`: all
 * is to be read now; `private`: and not to be kept. RFC 9111 §5.2.1, a request's `Cache-Control`.
 */
export type Reuse = 'shared' | 'fresh' | 'private';

export function reuseOf(cacheControl: string | null): Reuse {
  const directives = (cacheControl ?? '')
    .toLowerCase()
    .split(',')
    .map((each) => each.replaceAll(/[\s"]/g, ''));
  if (directives.includes('no-store')) return 'private';
  return directives.includes('no-cache') || directives.includes('max-age=0') ? 'fresh' : 'shared';
}
