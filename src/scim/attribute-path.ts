const attributeName = /^[A-Za-z$][\w$-]*$/;
const urnPart = /^[\w.~%$+-]+$/;

/**
 * Whether a text is an `attrPath` (RFC 7644 §3.4.2.2, with `$` as in RFC 7643 §2.1 so that `$ref` is one): names joined
 * by dots, after an optional `urn:<namespace>:<specific>:` prefix. More than one dot is accepted although SCIM has one
 * level of sub-attributes; brackets, quotes and blanks in a URN are not, as they would end the path.
 */
export function isAttributePath(text: string): boolean {
  // Split, as one regular expression with a repeated group overflows V8's stack on megabytes of dots.
  const parts = text.split(':');
  const names = parts.pop() ?? '';
  return names.split('.').every((name) => attributeName.test(name)) && (parts.length === 0 || isUrn(parts));
}

function isUrn(parts: readonly string[]): boolean {
  return parts.length >= 3 && parts[0]?.toLowerCase() === 'urn' && parts.every((part) => urnPart.test(part));
}
