import type {Path} from './value-at.ts';

/** RFC 6901, so that a key with a slash in it is no other path. */
export function pointer(path: Path): string {
  return path.map(part => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The path that a pointer is of; indices come as text. */
export function parts(path: string): readonly string[] {
  return path
    .split('/')
    .slice(1)
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}
