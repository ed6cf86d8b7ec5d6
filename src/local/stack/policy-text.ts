/** A policy document as the APIs take it; a template may hold it as a map or as text already. */
export function policyText(document: unknown): string {
  return typeof document === 'string' ? document : JSON.stringify(document);
}
