/**
 * Loads what hashes where something has to be hashed: a build of which nothing has changed compares sizes and times.
 */
export function sha256(contents: string | Uint8Array): string {
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(contents).digest('base64url');
}
